import { intakeTopic } from '@varde/contracts';
import { guessDialect } from '@varde/incident-feature';

/** What must be known of a source to publish a file for it. */
export interface PublishingSource {
  readonly id: string;
  readonly topic: string;
  readonly dialect: ReturnType<typeof guessDialect>;
  readonly country: 'NO' | 'SE' | 'DK';
}

const withoutHeaders = {
  'tmf642-bare': { id: 'sample-tmf642', topic: 'network.alarms.tmf642' },
  'ves-7': { id: 'sample-ves', topic: 'network.alarms.ves' },
  '3gpp-notify': { id: 'sample-3gpp', topic: 'network.alarms.3gpp' },
} as const;

/**
 * The source of the sample world that publishes files of this shape: a report comes from the operations centre of its country,
 * an alarm from a network system, each dialect without headers from the one source of its topic.
 *
 * @throws Refusal `file-shape-unknown`, and what reading the JSON refuses
 * @source standards §1.7
 */
export function sourceByShape(file: Uint8Array): PublishingSource {
  const dialect = guessDialect(file);
  const { country, isReport } = saidIn(file);
  if (dialect !== 'cloudevents-tmf642') return { ...withoutHeaders[dialect], dialect, country };
  const system = isReport ? 'noc' : 'nms';
  const place = isReport ? 'desk' : 'ran-east';
  return {
    id: `/${system}/${country.toLowerCase()}/${place}`,
    topic: intakeTopic,
    dialect,
    country,
  };
}

function saidIn(file: Uint8Array): { country: PublishingSource['country']; isReport: boolean } {
  const said = JSON.parse(Buffer.from(file).toString('utf8')) as {
    country?: unknown;
    action?: unknown;
  };
  const country = said.country === 'SE' || said.country === 'DK' ? said.country : 'NO';
  return { country, isReport: typeof said.action === 'string' };
}
