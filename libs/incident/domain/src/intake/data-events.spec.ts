import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instant } from '@varde/kernel';
import { asRaise } from './alarm-event';
import { exampleSources } from './examples';
import { guessDialect, recordToPublish } from './publish';
import { readRecord } from './read-record';
import type { AcceptedPart } from './record';
import { sourcesOf } from './sources';

const receivedAt = instant(Date.UTC(2026, 1, 11, 2, 14, 19));
const header2014 = {
  at: Date.UTC(2014, 9, 15, 13, 2, 52),
  microseconds: 0,
  text: '1413378172000000',
};
const sources = sourcesOf(exampleSources);

// apps and libs are five folders below the project; the shared folder is its neighbour.
const folder = join(__dirname, '../../../../../../shared/data/events');
function file(name: string): Uint8Array {
  try {
    return readFileSync(join(folder, name));
  } catch (cause) {
    throw new Error(`not measured: the file ${name} of data/events is absent`, { cause });
  }
}

/** As `varde incident publish <file>` does: the dialect from the shape, its registered source, the bytes as they are. */
function published(name: string): readonly AcceptedPart[] {
  const bytes = file(name);
  const source = exampleSources.find(({ dialect }) => dialect === guessDialect(bytes))!;
  const { value, headers } = recordToPublish(bytes, source);
  expect(headers).toEqual({});
  const record = {
    topic: source.topic,
    partition: 0,
    offset: '0',
    key: null,
    value,
    headers: {},
    receivedAt,
  };
  const parts = readRecord(record, sources);
  expect(readRecord({ ...record, offset: '1' }, sources)).toEqual(parts); // the same ids: published again it changes nothing
  return parts.map((part) => {
    if (part.kind !== 'event' || part.event.type !== 'alarm') throw new Error(JSON.stringify(part));
    // None of these alarms is known to us: a change raises it. `unplaced` is the topology's word, added by the shell.
    return { ...part, ...asRaise(part.event, part.flags) };
  });
}

describe('data/events', () => {
  it('tmf642-alarm.example.json: one alarm, raised though its state is updated', () => {
    expect(published('tmf642-alarm.example.json')).toEqual([
      {
        kind: 'event',
        part: 0,
        sourceId: 'ems-bare',
        eventId: expect.stringMatching(/^8675309\|[0-9a-f]{64}$/) as string,
        flags: ['field-ignored', 'stale'],
        event: {
          type: 'alarm',
          alarmId: '8675309',
          happening: 'raised',
          order: {
            dialect: 'tmf642-bare',
            atMicroseconds: Date.UTC(2019, 6, 3, 3, 32, 52, 744) * 1000,
          },
          country: 'NO',
          mode: 'ACTUAL',
          severity: 'major',
          alarmType: 'environmentalAlarm',
          probableCause: 'rectifierLowVoltage',
          causeGroup: 'technical',
          alarmedObjectIds: ['93051825'],
          sourceSystemId: 'ems-1',
          places: [],
          affectedServices: [],
          correlatedAlarms: ['8675399'],
          parentAlarms: [],
          isRootCause: false,
          times: {
            event: { at: receivedAt, microseconds: 0 },
            raised: {
              at: Date.UTC(2019, 6, 3, 3, 32, 17, 235),
              microseconds: 0,
              text: '2019-07-03T03:32:17.235Z',
            },
            reporting: {
              at: Date.UTC(2019, 6, 3, 3, 32, 17, 552),
              microseconds: 0,
              text: '2019-07-03T03:32:17.552Z',
            },
            changed: {
              at: Date.UTC(2019, 6, 3, 3, 32, 52, 744),
              microseconds: 0,
              text: '2019-07-03T03:32:52.744Z',
            },
          },
          clockAt: Date.UTC(2019, 6, 3, 3, 32, 52, 744),
          receivedAt,
          unknownWords: {},
          details: {
            href: '/alarmManagement/v4/alarm/8675309',
            externalAlarmId: '5551212',
            specificProblem: 'ps=3,sl=1,in=8',
            alarmedObjectType: 'Rectifier',
            alarmDetails: 'voltage=95',
          },
        },
      },
    ]);
  });

  it('tmf642-alarm.example.json: the person who acknowledged and commented is not in it', () => {
    expect(JSON.stringify(published('tmf642-alarm.example.json'))).not.toMatch(/bob|Dispatched/);
  });

  it('ves7-fault.json: one alarm, critical, its time zone moves nothing', () => {
    expect(published('ves7-fault.json')).toEqual([
      {
        kind: 'event',
        part: 0,
        sourceId: 'ves-collector',
        eventId: 'scfx0001vm002cap001|fault0000245|1|1413378172000000',
        flags: ['stale'],
        event: {
          type: 'alarm',
          alarmId: 'scfx0001vm002cap001|PilotNumberPoolExhaustion',
          happening: 'raised',
          order: { dialect: 'ves-7', number: 1, atMicroseconds: 1413378172000000 },
          country: 'NO',
          mode: 'ACTUAL',
          severity: 'critical',
          alarmType: 'unclassified',
          probableCause: 'PilotNumberPoolExhaustion',
          causeGroup: 'technical',
          alarmedObjectIds: ['scfx0001vm002cap001'],
          sourceSystemId: 'ibcx0001vm002oam001',
          places: [],
          affectedServices: [],
          correlatedAlarms: [],
          parentAlarms: [],
          times: { event: header2014, raised: header2014, changed: header2014 },
          clockAt: header2014.at,
          receivedAt,
          unknownWords: {},
          details: { specificProblem: 'Calls cannot complete - pilot numbers are unavailable' },
        },
      },
    ]);
  });

  it('ves7-batch-two-domains.json: the first is the same alarm as in ves7-fault.json, another event', () => {
    const [fault] = published('ves7-fault.json');
    const [first, ...others] = published('ves7-batch-two-domains.json');
    expect(others).toHaveLength(1);
    expect(first?.event).toEqual({ ...fault?.event, sourceSystemId: 'ibcx0001vm002oam0011234' });
    expect(first?.eventId).toBe('scfx0001vm002cap001|fault0000250|1|1413378172000000');
    expect(first?.flags).toEqual(['stale']);
  });

  it('ves7-batch-two-domains.json: the second is a new alarm of 3GPP, by the time of its header', () => {
    expect(published('ves7-batch-two-domains.json')[1]).toEqual({
      kind: 'event',
      part: 1,
      sourceId: 'ves-collector',
      eventId: 'scfx0001vm002cap001|stndDefined-gNB_Nokia000001|1|1413378172000000',
      flags: ['field-ignored', 'clock-unknown', 'stale'],
      event: {
        type: 'alarm',
        alarmId: 'xyz|1',
        happening: 'raised',
        order: { dialect: '3gpp-notify', number: 1, atMicroseconds: 1413378172000000 },
        country: 'NO',
        mode: 'ACTUAL',
        severity: 'indeterminate',
        alarmType: 'communicationsAlarm',
        probableCause: 1,
        causeGroup: 'technical',
        alarmedObjectIds: ['1', 'scfx0001vm002cap001'],
        sourceSystemId: 'xyz',
        places: [],
        affectedServices: [],
        correlatedAlarms: [],
        parentAlarms: [],
        isRootCause: false,
        times: { event: header2014, raised: header2014 },
        clockAt: header2014.at,
        receivedAt,
        unknownWords: {},
        details: { specificProblem: 'xyz', proposedRepairedActions: 'xyz', alarmDetails: 'xyz' },
      },
    });
  });

  it('ves72-stnddefined.json: words in any spelling, no clock at all: our receive time, so it is not stale', () => {
    expect(published('ves72-stnddefined.json')).toEqual([
      {
        kind: 'event',
        part: 0,
        sourceId: 'ves-collector',
        eventId: 'Nokia123456|stndDefined-gNB_Nokia000001|0|1234567890',
        flags: ['clock-unknown'],
        event: {
          type: 'alarm',
          alarmId: 'xyz|xyz',
          happening: 'raised',
          order: { dialect: '3gpp-notify' },
          country: 'NO',
          mode: 'ACTUAL',
          severity: 'major',
          alarmType: 'environmentalAlarm',
          probableCause: 'xyz',
          causeGroup: 'technical',
          alarmedObjectIds: ['xyz', 'Nokia123456'],
          sourceSystemId: 'xyz',
          places: [],
          affectedServices: [],
          correlatedAlarms: [],
          parentAlarms: [],
          isRootCause: false,
          times: {
            event: { at: receivedAt, microseconds: 0 },
            raised: { at: receivedAt, microseconds: 0 },
          },
          clockAt: receivedAt,
          receivedAt,
          unknownWords: {},
          details: { specificProblem: 'xyz', proposedRepairedActions: 'xyz', alarmDetails: 'xyz' },
        },
      },
    ]);
  });
});
