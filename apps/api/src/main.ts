import 'reflect-metadata';
import { readConfig } from '@varde/platform-config';
import { isConnectionLoss } from '@varde/platform-database';
import { createHttpApp } from '@varde/platform-http';
import { endOnUnhandled, Health, logger, MetricsRegistry } from '@varde/platform-observability';
import { systemClock } from '@varde/platform-time';
import { Api } from './api';
import { apiConfig } from './api.config';
import { ApiModule } from './api.module';
import { apiTitle } from './api-title';

async function main(): Promise<void> {
  const log = logger('api');
  endOnUnhandled(log);
  const config = readConfig(apiConfig, process.env);
  const metrics = new MetricsRegistry('api').watchProcess();
  const api = await Api.start(config);
  const health = new Health({
    database: async () => {
      await api.database.transaction((tx) => tx.query('select 1'));
    },
    gate: async () => {
      await api.gateDatabase.transaction((tx) => tx.query('select 1'));
    },
  });
  await createHttpApp(
    ApiModule.of(api, log, () => api.stop()),
    {
      about: apiTitle,
      log,
      metrics,
      health,
      clock: systemClock,
      authenticate: api.authenticate,
      isUnavailable: isConnectionLoss,
      port: config.VARDE_API_PORT,
    },
  );
}

main().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
});
