import { happeningCases, oddCases, rebuiltRecord, refusedCases } from './cloudevents-tmf642.cases';
import { anAlarmRecord, aSource, exampleReceivedAt, exampleSources, expected } from './examples';
import { readRecord } from './read-record';
import type { AcceptedPart, RawRecord } from './record';
import { sourcesOf } from './sources';

const sources = sourcesOf(exampleSources);
const only = (record: RawRecord, from = sources) => {
  const parts = readRecord(record, from);
  expect(parts).toHaveLength(1);
  return parts[0]!;
};
const accepted = (record: RawRecord): AcceptedPart => {
  const part = only(record);
  if (part.kind !== 'event') throw new Error(JSON.stringify(part));
  return part;
};

describe('cloudevents-tmf642', () => {
  it('reads the complete example, field by field', () => {
    expect(accepted(anAlarmRecord())).toEqual({
      kind: 'event',
      part: 0,
      sourceId: '/nms/no/ran-east',
      eventId: '01KH5V0Q8M7R3T9W2X4Y6Z8A1B',
      flags: [],
      event: {
        type: 'alarm',
        alarmId: 'NO-RAN-88213074',
        happening: 'raised',
        order: {
          dialect: 'cloudevents-tmf642',
          sequence: '0000000001',
          atMicroseconds: Date.UTC(2026, 1, 11, 2, 14, 9, 412) * 1000,
        },
        country: 'NO',
        mode: 'ACTUAL',
        severity: 'critical',
        alarmType: 'equipmentAlarm',
        probableCause: 'powerProblem',
        causeGroup: 'power',
        alarmedObjectIds: ['site/NO/20417'],
        sourceSystemId: 'ran-east',
        places: [{ id: 'NO-4601', name: 'Bergen', role: 'impacted' }],
        affectedServices: ['mobile-voice', 'mobile-data'],
        correlatedAlarms: ['NO-RAN-88213069'],
        parentAlarms: [],
        correlationId: 'NO-POWER-20260211-004',
        serviceAffecting: true,
        isRootCause: true,
        plannedOutageIndicator: 'outOfService',
        times: {
          event: {
            at: Date.UTC(2026, 1, 11, 2, 14, 9, 412),
            microseconds: 0,
            text: '2026-02-11T03:14:09.412+01:00',
          },
          raised: {
            at: Date.UTC(2026, 1, 11, 2, 13, 58),
            microseconds: 0,
            text: '2026-02-11T03:13:58+01:00',
          },
          reporting: {
            at: Date.UTC(2026, 1, 11, 2, 14, 9),
            microseconds: 0,
            text: '2026-02-11T03:14:09+01:00',
          },
          occurred: {
            at: Date.UTC(2026, 1, 11, 2, 13, 58),
            microseconds: 0,
            text: '2026-02-11T03:13:58+01:00',
          },
        },
        clockAt: Date.UTC(2026, 1, 11, 2, 13, 58),
        receivedAt: exampleReceivedAt,
        unknownWords: {},
        details: {
          title: 'Mains failure, battery exhausted',
          domain: 'RAN',
          priority: '1',
          href: '/tmf-api/alarmManagement/v4/alarm/NO-RAN-88213074',
          externalAlarmId: 'enm-4410-77120',
          specificProblem: 'BATTERY_LOW_VOLTAGE_DISCONNECT',
          alarmedObjectType: 'Site',
          reportingSystemId: 'umbrella-1',
          alarmDetails: 'Mains lost 01:58, batteries empty',
        },
      },
    });
  });

  it.each(oddCases)('accepts %s', (_what, record, flags, event) => {
    const part = accepted(record);
    expect(part.flags).toEqual(flags);
    const { there, absent } = expected(event);
    expect(part.event).toMatchObject(there);
    for (const name of absent) expect(part.event).not.toHaveProperty(name);
  });

  it.each(refusedCases)('refuses %s', (_what, record, reason) => {
    const part = only(record);
    expect(part).toMatchObject({ kind: 'refused', part: 0, reason });
    expect(part.kind === 'refused' && part.detail).toMatch(/^[A-Z\w].*\.$/);
  });

  it.each(happeningCases)(
    '%s with state %s and severity %s: %s',
    (name, state, perceivedSeverity, happening) => {
      expect(
        accepted(anAlarmRecord({ name, alarm: { state, perceivedSeverity } })).event,
      ).toMatchObject({ happening });
    },
  );

  it('runs our clocks by the time of what happened', () => {
    const cleared = anAlarmRecord({
      alarm: { state: 'cleared', alarmClearedTime: '2026-02-11T03:14:01+01:00' },
    });
    expect(accepted(cleared).event).toMatchObject({ clockAt: Date.UTC(2026, 1, 11, 2, 14, 1) });
  });

  it('reads word of a rebuilt list, with and without a reason', () => {
    expect(accepted(rebuiltRecord({ reason: 'restart' })).event).toEqual({
      type: 'alarm-list-rebuilt',
      country: 'NO',
      mode: 'ACTUAL',
      readAgain: true,
      reason: 'restart',
    });
    expect(accepted(rebuiltRecord({})).event).not.toHaveProperty('reason');
  });

  it('refuses a source that is no longer active', () => {
    const retired = sourcesOf([aSource({ active: false })]);
    expect(only(anAlarmRecord(), retired)).toMatchObject({
      kind: 'refused',
      reason: 'source-unknown',
    });
  });

  it('keeps no word of the people who acknowledged or commented', () => {
    const record = anAlarmRecord({
      alarm: {
        ackState: 'acknowledged',
        ackUserId: 'canary-person',
        comment: [
          { userId: 'canary-person', systemId: 'ems', time: 'x', comment: 'canary-person called' },
        ],
      },
    });
    expect(JSON.stringify(accepted(record))).not.toContain('canary-person');
    expect(accepted(record).flags).toEqual([]);
  });

  it("repeats no value of the event in a dead letter's sentence", () => {
    for (const [, record] of refusedCases) {
      const part = only(record);
      expect(part.kind === 'refused' && part.detail).not.toMatch(
        /NO-RAN|01KH5V|ran-east|drill|Foo/,
      );
    }
  });
});
