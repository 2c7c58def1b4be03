import 'reflect-metadata';
import { readConfig } from '@varde/platform-config';
import { isConnectionLoss } from '@varde/platform-database';
import { createHttpApp } from '@varde/platform-http';
import { endOnUnhandled, Health, logger, MetricsRegistry } from '@varde/platform-observability';
import { systemClock } from '@varde/platform-time';
import { Courier } from './courier';
import { courierConfig } from './courier.config';
import { courierDoor, CourierModule } from './courier.module';

async function main(): Promise<void> {
  const log = logger('courier');
  endOnUnhandled(log);
  const config = readConfig(courierConfig, process.env);
  const metrics = new MetricsRegistry('courier').watchProcess();
  const courier = await Courier.start(config, log, metrics);
  const health = new Health({
    database: async () => {
      await courier.database.transaction((tx) => tx.query('select 1'));
    },
  });
  await createHttpApp(CourierModule.of(courier), {
    ...courierDoor,
    log,
    metrics,
    health,
    clock: systemClock,
    isUnavailable: isConnectionLoss,
    port: config.VARDE_COURIER_PORT,
  });
}

main().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
});
