import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectFolder } from './data-folder';
import { metadataRequest, parseMetadata } from './kafka-metadata';
import { kafkaVersion } from './kafka-jars';
import { kafkaId, nodeProperties } from './kafka-server';

/** An answer as a node of this cluster gives it. */
function answer(brokers: number, cluster: string | undefined): Buffer {
  const int32 = (value: number): Buffer =>
    Buffer.from([value >> 24, value >> 16, value >> 8, value]);
  const text = (value: string | undefined): Buffer =>
    value === undefined
      ? Buffer.from([0xff, 0xff])
      : Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)]);
  const broker = Buffer.concat([int32(1), text('127.0.0.1'), int32(9092), text(undefined)]);
  const body = [int32(1), int32(brokers), ...Array<Buffer>(brokers).fill(broker), text(cluster)];
  const bytes = Buffer.concat(body);
  return Buffer.concat([int32(bytes.length), bytes]);
}

describe('the question whether Kafka is ready', () => {
  it('is as long as it says', () => {
    expect(metadataRequest.readInt32BE(0)).toBe(metadataRequest.length - 4);
  });

  it.each([
    ['a node that knows itself', answer(1, 'abc'), { brokers: 1, id: 'abc' }],
    ['a node that has not registered yet', answer(0, 'abc'), { brokers: 0, id: 'abc' }],
    ['a node without a cluster', answer(1, undefined), { brokers: 1, id: undefined }],
    ['another server', Buffer.from('-ERR unknown\r\n'), undefined],
    ['nobody', Buffer.alloc(0), undefined],
  ])('is answered by %s', (_who, bytes, expected) => {
    expect(parseMetadata(bytes)).toEqual(expected);
  });
});

describe('a Kafka id', () => {
  it('is sixteen bytes in base64url', () => {
    expect(kafkaId()).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/);
  });

  it('never begins with a dash, which Kafka refuses', () => {
    const drawn = [Buffer.alloc(16, 0xfb), Buffer.alloc(16, 1)];
    expect(kafkaId(() => drawn.shift() ?? Buffer.alloc(16))).toBe('AQEBAQEBAQEBAQEBAQEBAQ');
  });
});

describe('the settings of a node', () => {
  it('are the shared ones, and after them what belongs to this node', () => {
    expect(nodeProperties('node.id=1\n\n', '/data', 9092, 9093).split('\n')).toEqual([
      'node.id=1',
      'listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093',
      'advertised.listeners=PLAINTEXT://127.0.0.1:9092',
      'controller.quorum.voters=1@127.0.0.1:9093',
      'log.dirs=/data',
      'group.min.session.timeout.ms=3000',
      '',
    ]);
  });

  it('are for the version that Maven fetches', () => {
    const pom = readFileSync(join(findProjectFolder(), 'infra/local/kafka/pom.xml'), 'utf8');
    expect(pom).toContain(`<version>${kafkaVersion}</version>`);
  });
});
