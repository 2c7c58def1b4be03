import { eventCatalog } from './event-catalog';

/** Where the network's own systems and the operations centre publish. */
export const intakeTopic = 'network.incidents';

/** Where a refused record goes with its original bytes: own access list, short retention (S-27). */
export const deadLetterTopic = 'network.incidents.dead-letter';

/** How a topic is made: partitions bound how many engines share the work, retention how far back a replay reaches. */
export interface TopicPlan {
  readonly topic: string;
  readonly partitions: number;
  readonly retentionMs: number;
}

const day = 86_400_000;

/** Every topic of our own. None is compacted: a null value is never a fact here (`standards.md` §1.1). */
export const topicPlans: readonly TopicPlan[] = [
  { topic: intakeTopic, partitions: 6, retentionMs: 7 * day },
  { topic: deadLetterTopic, partitions: 1, retentionMs: 7 * day },
  ...[...new Set(Object.values(eventCatalog).map((entry) => entry.topic))].map((topic) => ({
    topic,
    partitions: 6,
    retentionMs: 7 * day,
  })),
];
