import { Module, type DynamicModule, type OnModuleDestroy } from '@nestjs/common';
import type { Engine } from './engine';

/** Ends the engine when the program is told to end. */
class EngineEnd implements OnModuleDestroy {
  constructor(private readonly engine: Engine) {}

  async onModuleDestroy(): Promise<void> {
    await this.engine.stop();
  }
}

/** The engine behind its health door. */
@Module({})
export class EngineModule {
  /** @param engine already started */
  static of(engine: Engine): DynamicModule {
    return {
      module: EngineModule,
      providers: [{ provide: EngineEnd, useValue: new EngineEnd(engine) }],
    };
  }
}
