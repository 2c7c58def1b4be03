import { Module, type DynamicModule, type OnModuleDestroy } from '@nestjs/common';
import { TwilioReceipts } from '@varde/delivery-feature';
import { Courier } from './courier';
import { ReceiptsController } from './receipts.http.controller';

/** Ends the courier before the HTTP door closes: receipts are taken to the last. */
class CourierEnd implements OnModuleDestroy {
  constructor(private readonly courier: Courier) {}

  async onModuleDestroy(): Promise<void> {
    await this.courier.stop();
  }
}

/** The courier behind its HTTP door. */
@Module({})
export class CourierModule {
  /** @param courier already started */
  static of(courier: Courier): DynamicModule {
    return {
      module: CourierModule,
      controllers: [ReceiptsController],
      providers: [
        { provide: TwilioReceipts, useValue: courier.receipts },
        { provide: CourierEnd, useValue: new CourierEnd(courier) },
      ],
    };
  }
}
