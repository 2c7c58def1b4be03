import type { Source, Sources } from './record';

const keyOf = (topic: string, id: string): string => `${topic}\n${id}`; // neither may hold a line feed

/**
 * The register of sources as intake asks it. A topic holds one dialect without headers; of several sources registered
 * for it an active one answers.
 */
export function sourcesOf(list: readonly Source[]): Sources {
  const byName = new Map(list.map((source) => [keyOf(source.topic, source.id), source]));
  const bare = list.filter(({ dialect }) => dialect !== 'cloudevents-tmf642');
  const byTopic = new Map(
    [...bare.filter(({ active }) => !active), ...bare.filter(({ active }) => active).reverse()].map(
      (source) => [source.topic, source],
    ),
  );
  return {
    named: (topic, id) => byName.get(keyOf(topic, id)),
    withoutHeaders: (topic) => byTopic.get(topic),
  };
}
