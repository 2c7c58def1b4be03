import { Kafka, logLevel } from 'kafkajs';
import { until } from '../../../tools/system/until';

const topics = [
  'network.incidents',
  'incident.events',
  'audience.events',
  'communication.events',
  'delivery.events',
];

const clientOf = (brokers: readonly string[]): Kafka =>
  new Kafka({ clientId: 'replay', brokers: [...brokers], logLevel: logLevel.NOTHING });

/** Where each partition of our topics ends, by `topic/partition`. */
export async function endOffsets(brokers: readonly string[]): Promise<Map<string, number>> {
  const admin = clientOf(brokers).admin();
  await admin.connect();
  try {
    const ends = new Map<string, number>();
    for (const topic of topics)
      for (const { partition, high } of await admin.fetchTopicOffsets(topic))
        ends.set(`${topic}/${partition}`, Number(high));
    return ends;
  } finally {
    await admin.disconnect();
  }
}

/** Every record of every topic once more, in its old order, with its old bytes: the log from the start. */
export async function publishEverythingAgain(brokers: readonly string[]): Promise<void> {
  const kafka = clientOf(brokers);
  const ends = await endOffsets(brokers);
  const wanted = [...ends.values()].reduce((sum, high) => sum + high, 0);
  const consumer = kafka.consumer({ groupId: 'replay', maxWaitTimeInMs: 50 });
  const producer = kafka.producer();
  await Promise.all([consumer.connect(), producer.connect()]);
  const read: {
    topic: string;
    partition: number;
    key: Buffer | null;
    value: Buffer | null;
    headers: Record<string, Buffer>;
  }[] = [];
  await consumer.subscribe({ topics, fromBeginning: true });
  await consumer.run({
    eachMessage: ({ topic, partition, message }) => {
      if (Number(message.offset) < (ends.get(`${topic}/${partition}`) ?? 0)) {
        read.push({
          topic,
          partition,
          key: message.key,
          value: message.value,
          headers: (message.headers ?? {}) as Record<string, Buffer>,
        });
      }
      return Promise.resolve();
    },
  });
  await until('the whole log to be read', () => Promise.resolve(read.length >= wanted));
  await consumer.disconnect();
  for (const { topic, ...message } of read) await producer.send({ topic, messages: [message] });
  await producer.disconnect();
}
