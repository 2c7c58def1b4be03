import { ask } from './answer';
import { metadataRequest, parseMetadata } from './kafka-metadata';

/** Does a Redis with its data loaded answer there? One that asks for a password is one. */
export async function redisAnswers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const answer = await ask(
    Number(port || '6379'),
    'PING\r\n',
    (bytes) => bytes.includes('\r\n'),
    hostname,
  );
  return /^(?:\+PONG|-NOAUTH)/.test(answer?.toString() ?? '');
}

/** Does a Kafka broker that knows of itself answer there? @param broker host and port */
export async function kafkaAnswers(broker: string): Promise<boolean> {
  const { hostname, port } = new URL(`kafka://${broker}`);
  const answer = await ask(
    Number(port),
    metadataRequest,
    (bytes) => bytes.length >= 4 && bytes.length >= 4 + bytes.readInt32BE(0),
    hostname,
  );
  return answer !== undefined && (parseMetadata(answer)?.brokers ?? 0) > 0;
}
