import { prepareHttpApp } from '@varde/platform-http';
import { Health, logger, MetricsRegistry } from '@varde/platform-observability';
import { systemClock } from '@varde/platform-time';
import type { ApiParts } from '../../apps/api/src/api';
import { ApiModule } from '../../apps/api/src/api.module';
import { apiTitle } from '../../apps/api/src/api-title';
import { jsonFile, type GeneratedFile } from './generated-file';

// The shape of the routes depends on no connection: the features are put together and never asked.
const unconnected = {} as ApiParts;

/** The API's program without servers, built and checked, for looking at its routes. Close it. */
export function preparedApi(): ReturnType<typeof prepareHttpApp> {
  const log = logger('generate', { level: 'fatal' });
  return prepareHttpApp(
    ApiModule.of(unconnected, log, () => Promise.resolve()),
    {
      about: apiTitle,
      log,
      metrics: new MetricsRegistry('generate'),
      health: new Health(),
      clock: systemClock,
      authenticate: () => Promise.reject(new Error('Nobody signs in here.')),
      endsOnSignals: false,
    },
  );
}

/** `docs/generated/openapi.json`, as the API itself serves it. @source S-38 */
export async function openApiFile(): Promise<GeneratedFile> {
  const app = await preparedApi();
  try {
    const answer = await app.inject({ method: 'GET', url: '/docs/openapi.json' });
    return jsonFile('docs/generated/openapi.json', answer.json());
  } finally {
    await app.close();
  }
}
