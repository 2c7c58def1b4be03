import { envelopeCases, structured } from './envelope.cases';
import { anAlarmRecord, exampleSources } from './examples';
import { readRecord } from './read-record';
import { sourcesOf } from './sources';
import type { IntakePart } from './record';

const sources = sourcesOf(exampleSources);
const outcome = (part: IntakePart | undefined): string | undefined =>
  part?.kind === 'refused' ? part.reason : part?.kind;

describe('the envelope of CloudEvents 1.0 on Kafka', () => {
  it.each(envelopeCases)('%s', (_what, record, expected) => {
    const parts = readRecord(record, sources);
    expect(parts).toHaveLength(1);
    expect(outcome(parts[0])).toBe(expected);
  });

  it('is the same event in binary and in structured mode', () => {
    const headers = { ce_subject: undefined, ce_time: undefined, ce_sequence: undefined };
    expect(readRecord(structured(), sources)).toEqual(
      readRecord(anAlarmRecord({ headers }), sources),
    );
  });

  it('names source and id in a dead letter, also when the value is a tombstone', () => {
    expect(readRecord(anAlarmRecord({ record: { value: null } }), sources)[0]).toMatchObject({
      reason: 'value-missing',
      sourceId: '/nms/no/ran-east',
      eventId: '01KH5V0Q8M7R3T9W2X4Y6Z8A1B',
    });
  });
});
