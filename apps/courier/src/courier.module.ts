import { Module, type DynamicModule, type OnModuleDestroy } from '@nestjs/common';
import { TwilioReceipts } from '@varde/delivery-feature';
import type { HttpAppOptions } from '@varde/platform-http';
import { Courier } from './courier';
import { ReceiptsController } from './receipts.http.controller';

/** What the courier's HTTP door is. It keeps the bytes of a body: a JSON receipt is signed by their hash (S-10). */
export const courierDoor = {
  about: { title: 'Varde courier', version: '1', description: 'Receipts of providers' },
  rawBody: true,
} as const satisfies Partial<HttpAppOptions>;

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
