import 'reflect-metadata';
import { readConfig } from '@varde/platform-config';
import { isConnectionLoss } from '@varde/platform-database';
import { createHttpApp } from '@varde/platform-http';
import { endOnUnhandled, Health, logger, MetricsRegistry } from '@varde/platform-observability';
import { systemClock } from '@varde/platform-time';
import { Engine } from './engine';
import { engineConfig } from './engine.config';
import { EngineModule } from './engine.module';

// A consumer that cannot go on never restarts by itself: the program leaves, and its supervisor starts it again (K-4).
const consumerDeadExitCode = 75;

async function main(): Promise<void> {
  const log = logger('engine');
  endOnUnhandled(log);
  const config = readConfig(engineConfig, process.env);
  const metrics = new MetricsRegistry('engine').watchProcess();
  const engine = await Engine.start(config, log, (cause) => {
    log.fatal('engine.consumer-dead', { err: cause });
    log.flush();
    process.exit(consumerDeadExitCode);
  });
  const health = new Health({
    database: async () => {
      await engine.database.transaction((tx) => tx.query('select 1'));
    },
    kafka: () => engine.bus.ping(),
  });
  await createHttpApp(EngineModule.of(engine), {
    about: { title: 'Varde engine', version: '1', description: 'Health and figures' },
    log,
    metrics,
    health,
    clock: systemClock,
    isUnavailable: isConnectionLoss,
    port: config.VARDE_ENGINE_PORT,
  });
}

main().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
});
