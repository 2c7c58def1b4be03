import { isErrno } from './process-mark';

/** What a node says about its cluster. */
export interface KafkaCluster {
  /** How many brokers it knows; 0 until it has registered itself. */
  readonly brokers: number;
  readonly id: string | undefined;
}

/**
 * A Metadata request, version 2, about no topic: the lowest version whose answer names the cluster.
 *
 * @source Kafka protocol: length, api key 3, version 2, correlation id 1, client id "x", empty list of topics
 */
export const metadataRequest = Buffer.from(
  '0000000f00030002000000010001' + '78' + '00000000',
  'hex',
);

/** Reads the answer to `metadataRequest`. @returns `undefined` when it is not one */
export function parseMetadata(answer: Buffer): KafkaCluster | undefined {
  try {
    let at = 8;
    const int32 = (): number => answer.readInt32BE((at += 4) - 4);
    const text = (): string | undefined => {
      const length = answer.readInt16BE((at += 2) - 2);
      if (length < 0) return undefined;
      return answer.toString('utf8', at, (at += length));
    };
    const brokers = int32();
    for (let broker = 0; broker < brokers; broker += 1) {
      int32();
      text();
      int32();
      text();
    }
    return { brokers, id: text() };
  } catch (error) {
    // Somebody else's server, whose answer is shorter than ours would be.
    if (isErrno(error, 'ERR_OUT_OF_RANGE', 'ERR_BUFFER_OUT_OF_BOUNDS')) return undefined;
    throw error;
  }
}
