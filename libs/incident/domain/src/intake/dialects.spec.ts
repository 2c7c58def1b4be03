import { countedDomains, countedNamespaces } from './ves-7';
import {
  aNotification,
  anAlarm,
  anAlarmBody,
  aRecord,
  aSource,
  aVesFault,
  bytesOf,
  exampleSources,
  type PlainObject,
} from './examples';
import { readRecord } from './read-record';
import { isNewer } from './order';
import type { AcceptedPart, IntakePart } from './record';
import { sourcesOf } from './sources';
import { threeGppNotifications } from './threegpp-notify';

const sources = sourcesOf(exampleSources);
const read = (topic: string, value: unknown, from = sources): readonly IntakePart[] =>
  readRecord(aRecord({ topic, value: bytesOf(value) }), from);
const one = (topic: string, value: unknown): IntakePart => {
  const parts = read(topic, value);
  expect(parts).toHaveLength(1);
  return parts[0]!;
};
const alarmIn = (part: IntakePart | undefined) => {
  if (part?.kind !== 'event' || part.event.type !== 'alarm') throw new Error(JSON.stringify(part));
  return part.event;
};
const bare = (value: unknown) => one('network.tmf642', value);
const ves = (header: PlainObject = {}, fault: PlainObject = {}) =>
  one('network.ves', { event: aVesFault(header, fault) });
const gpp = (different: PlainObject = {}) => one('network.3gpp', aNotification(different));

describe('tmf642-bare', () => {
  it.each([
    ['raised', 'critical', 'raised'],
    ['updated', 'critical', 'changed'],
    ['cleared', 'critical', 'cleared'],
    ['updated', 'cleared', 'cleared'],
    [undefined, 'cleared', 'cleared'],
    [undefined, 'critical', 'changed'],
  ])('a bare alarm of state %s and severity %s: %s', (state, perceivedSeverity, happening) => {
    expect(alarmIn(bare(anAlarm({ state, perceivedSeverity }))).happening).toBe(happening);
  });

  it('names a bare alarm by its id and the SHA-256 of its bytes: the same bytes are the same event', () => {
    const [first, again, other] = [anAlarm(), anAlarm(), anAlarm({ state: 'cleared' })].map(
      bare,
    ) as AcceptedPart[];
    expect(first?.eventId).toMatch(/^NO-RAN-88213074\|[0-9a-f]{64}$/);
    expect(again?.eventId).toBe(first?.eventId);
    expect(other?.eventId).not.toBe(first?.eventId);
  });

  it('orders a bare alarm by the latest of its own times', () => {
    const older = alarmIn(bare(anAlarm())).order;
    const newer = alarmIn(bare(anAlarm({ alarmChangedTime: '2026-02-11T03:14:10+01:00' }))).order;
    expect([isNewer(newer, older), isNewer(older, newer)]).toEqual([true, false]);
  });

  it('reads the envelope by its eventId, and a delete as a delete', () => {
    expect(bare(anAlarmBody())).toMatchObject({ eventId: '01KH5V0Q8M7R3T9W2X4Y6Z8A1B', flags: [] });
    expect(alarmIn(bare(anAlarmBody({}, { eventType: 'AlarmDeleteEvent' }))).happening).toBe(
      'deleted',
    );
  });

  it('takes country and mode from the registration', () => {
    const drill = sourcesOf([
      aSource({ topic: 't', dialect: 'tmf642-bare', country: 'DK', mode: 'EXERCISE' }),
    ]);
    expect(alarmIn(read('t', anAlarm(), drill)[0])).toMatchObject({
      country: 'DK',
      mode: 'EXERCISE',
    });
  });

  it('needs no more than the id', () => {
    expect(bare({ id: 7 })).toMatchObject({ kind: 'event', flags: ['field-missing', 'unplaced'] });
  });

  it.each([
    ['no id', anAlarm({ id: undefined }), 'schema-invalid'],
    ['a list', [anAlarm()], 'schema-invalid'],
    ['an envelope without an alarm', { event: {} }, 'schema-invalid'],
    ['a type that we do not know', anAlarmBody({}, { eventType: 'AlarmFooEvent' }), 'type-unknown'],
  ])('refuses %s', (_what, value, reason) => {
    expect(bare(value)).toMatchObject({ kind: 'refused', reason, sourceId: 'ems-bare' });
  });
});

describe('ves-7', () => {
  it('reads a fault', () => {
    expect(ves()).toMatchObject({
      kind: 'event',
      eventId: 'router-17|fault0000001|0|1770776038000000',
      flags: [],
      event: {
        alarmId: 'router-17|lossOfSignal|ge-0/0/1',
        happening: 'raised',
        severity: 'major',
        alarmType: 'unclassified',
        probableCause: 'lossOfSignal',
        causeGroup: 'transmission',
        alarmedObjectIds: ['router-17'],
        sourceSystemId: 'collector-3',
        details: { specificProblem: 'Optical power below threshold' },
      },
    });
  });

  it('is the same alarm through raise, change and clear, each a new event and newer than the last', () => {
    const raise = ves();
    const change = ves(
      { sequence: 1, lastEpochMicrosec: 1770776038000001 },
      { eventSeverity: 'CRITICAL' },
    );
    const clear = ves(
      { sequence: 2, lastEpochMicrosec: 1770776039000000 },
      { eventSeverity: 'NORMAL' },
    );
    const alarms = [raise, change, clear].map(alarmIn);
    expect(alarms.map(({ happening }) => happening)).toEqual(['raised', 'changed', 'cleared']);
    expect(new Set(alarms.map(({ alarmId }) => alarmId)).size).toBe(1);
    expect(new Set([raise, change, clear].map(({ eventId }) => eventId)).size).toBe(3);
    expect(
      isNewer(alarms[1]!.order, alarms[0]!.order) && !isNewer(alarms[0]!.order, alarms[1]!.order),
    ).toBe(true);
    expect(alarms[2]?.times.cleared?.text).toBe('1770776039000000');
  });

  it('tells parts of an id apart whatever is in them', () => {
    const ids = [
      ves({ sourceName: 'a|b' }, { alarmCondition: 'c' }),
      ves({ sourceName: 'a' }, { alarmCondition: 'b|c' }),
    ];
    expect(new Set(ids.map((part) => alarmIn(part).alarmId)).size).toBe(2);
  });

  it.each([
    [
      'a device without a clock',
      { lastEpochMicrosec: 0, startEpochMicrosec: 0 },
      {},
      ['clock-unknown'],
    ],
    ['a clock in seconds', { lastEpochMicrosec: 1770776038 }, {}, ['clock-unknown']],
    ['a time that is a text', { lastEpochMicrosec: '1770776038000000' }, {}, ['clock-unknown']],
    ['no time', { lastEpochMicrosec: undefined }, {}, ['field-missing']],
    ['a sequence that is a text', { sequence: 'one' }, {}, ['field-ignored']],
    ['no reporter', { reportingEntityName: undefined }, {}, ['field-missing']],
    ['no severity', {}, { eventSeverity: undefined }, ['field-missing']],
    ['an unknown severity', {}, { eventSeverity: 'SEVERE' }, ['word-unknown']],
    ['an interface that is a number', {}, { alarmInterfaceA: 1 }, ['field-ignored']],
    ['a time zone moves nothing', { timeZoneOffset: 'UTC-05:30' }, {}, []],
    ['words that are no severity', { priority: 1 }, { vfStatus: 7 }, []],
  ])('accepts %s', (_what, header, fault, flags) => {
    expect(ves(header, fault)).toMatchObject({ kind: 'event', flags });
  });

  it('tells two events of a device without a clock apart by their bytes', () => {
    const still = { lastEpochMicrosec: 0, startEpochMicrosec: 0 };
    const [raise, clear, again] = [ves(still), ves(still, { eventSeverity: 'NORMAL' }), ves(still)];
    expect(raise.eventId).not.toBe(clear.eventId);
    expect(raise.eventId).toBe(again.eventId);
  });

  it.each(countedDomains)('acknowledges and counts %s', (domain) => {
    expect(ves({ domain })).toMatchObject({
      kind: 'counted',
      what: domain,
      sourceId: 'ves-collector',
    });
  });

  it.each(countedNamespaces)('acknowledges and counts the namespace %s', (stndDefinedNamespace) => {
    expect(ves({ domain: 'stndDefined', stndDefinedNamespace })).toMatchObject({
      kind: 'counted',
      what: stndDefinedNamespace,
    });
  });

  it.each([
    ['another domain', { domain: 'weather' }, {}, 'type-unknown'],
    [
      'another namespace',
      { domain: 'stndDefined', stndDefinedNamespace: 'O1' },
      {},
      'type-unknown',
    ],
    ['no namespace', { domain: 'stndDefined' }, {}, 'type-unknown'],
    [
      'a standard event without data',
      { domain: 'stndDefined', stndDefinedNamespace: '3GPP-FaultSupervision' },
      {},
      'schema-invalid',
    ],
    ['no domain', { domain: undefined }, {}, 'schema-invalid'],
    ['no event id', { eventId: undefined }, {}, 'schema-invalid'],
    ['no source name', { sourceName: undefined }, {}, 'schema-invalid'],
    ['no condition', {}, { alarmCondition: undefined }, 'schema-invalid'],
    ['an id of over 512 characters', { sourceName: 'x'.repeat(500) }, {}, 'schema-invalid'],
  ])('refuses %s', (_what, header, fault, reason) => {
    expect(ves(header, fault)).toMatchObject({ kind: 'refused', reason });
  });

  it('takes each event of a batch by itself: none holds up its neighbours', () => {
    const parts = read('network.ves', {
      eventList: [aVesFault(), 7, aVesFault({ domain: 'heartbeat' }), aVesFault({ domain: 'x' })],
    });
    expect(parts.map(({ kind, part }) => [kind, part])).toEqual([
      ['event', 0],
      ['refused', 1],
      ['counted', 2],
      ['refused', 3],
    ]);
  });

  it.each([
    [{}],
    [{ eventList: [] }],
    [{ eventList: {} }],
    [{ event: {}, eventList: [] }],
    [[]],
    [null],
  ])('refuses %j, which holds no event', (value) => {
    expect(one('network.ves', value)).toMatchObject({
      kind: 'refused',
      reason: 'schema-invalid',
      sourceId: 'ves-collector',
    });
  });

  it('judges the clock of the header only where the notification has none', () => {
    const standard = (eventTime: unknown) =>
      one('network.ves', {
        event: {
          ...aVesFault({
            domain: 'stndDefined',
            stndDefinedNamespace: '3GPP-FaultSupervision',
            lastEpochMicrosec: 0,
            startEpochMicrosec: 0,
          }),
          stndDefinedFields: { data: aNotification({ eventTime }) },
        },
      });
    expect(standard('2026-02-11T03:14:09+01:00')).toMatchObject({ flags: [] });
    expect(standard('now')).toMatchObject({ flags: ['clock-unknown'] });
    expect(standard(undefined)).toMatchObject({ flags: ['field-missing', 'clock-unknown'] });
  });
});

describe('3gpp-notify', () => {
  it('reads a new alarm', () => {
    expect(gpp()).toMatchObject({
      kind: 'event',
      flags: [],
      event: {
        alarmId: 'DC=example,SubNetwork=east|880',
        happening: 'raised',
        order: { dialect: '3gpp-notify', number: 41 },
        severity: 'critical',
        alarmType: 'equipmentAlarm',
        causeGroup: 'power',
        alarmedObjectIds: ['site/NO/20417'],
        sourceSystemId: 'DC=example,SubNetwork=east',
        isRootCause: true,
        details: {
          specificProblem: 'BATTERY_LOW',
          proposedRepairedActions: 'Send a generator',
          alarmDetails: 'Mains lost',
          alarmedObjectType: 'GNBDUFunction',
        },
      },
    });
    expect(gpp().eventId).toMatch(/^DC=example,SubNetwork=east\|880\|[0-9a-f]{64}$/);
  });

  it.each(Object.entries(threeGppNotifications))('%s: %s', (notificationType, becomes) => {
    const part = gpp({ notificationType });
    if (part.kind !== 'event') throw new Error(JSON.stringify(part));
    expect(part.event.type === 'alarm' ? part.event.happening : 'list').toBe(becomes);
  });

  it('clears whatever the severity says, and puts eventTime where it belongs', () => {
    const cleared = alarmIn(
      gpp({ notificationType: 'notifyClearedAlarm', perceivedSeverity: 'nonsense' }),
    );
    expect(cleared).toMatchObject({ severity: 'cleared', happening: 'cleared', unknownWords: {} });
    expect(cleared.times.cleared?.text).toBe('2026-02-11T03:14:09.412+01:00');
    expect(cleared.times.raised).toBeUndefined();
  });

  it('reads the list again, unless the network says that it need not', () => {
    const list = (alarmListAlignmentRequirement?: string) =>
      gpp({
        notificationType: 'notifyAlarmListRebuilt',
        alarmId: undefined,
        alarmListAlignmentRequirement,
      });
    expect(list()).toMatchObject({ event: { type: 'alarm-list-rebuilt', readAgain: true } });
    expect(list('ALIGNMENT_REQUIRED')).toMatchObject({ event: { readAgain: true } });
    expect(list('ALIGNMENT_NOT_REQUIRED')).toMatchObject({ event: { readAgain: false } });
  });

  it('offers every candidate for the alarmed object, in order', () => {
    const candidates = { objectInstance: 'a', href: 'b', uri: 'c' };
    expect(alarmIn(gpp(candidates)).alarmedObjectIds).toEqual(['a', 'b', 'c']);
    expect(gpp({ objectInstance: undefined })).toMatchObject({ flags: ['unplaced'] });
  });

  it.each([
    ['the string "false"', { rootCauseIndicator: 'false' }, ['field-ignored']],
    ['a specific problem that is a list', { specificProblem: ['x'] }, ['field-ignored']],
    ['a href that is a number', { href: 1 }, ['field-ignored']],
    ['a notification id that is a text', { notificationId: 'xyz' }, []],
    [
      'what has no home in TMF642',
      { trendIndication: 7, backedUpStatus: 'x', stateChangeDefinition: 1 },
      [],
    ],
    ['the type OTHER', { alarmType: 'OTHER' }, ['word-unknown']],
    ['no event time', { eventTime: undefined }, ['field-missing']],
    [
      'a note that repeats nothing',
      {
        notificationType: 'notifyComments',
        perceivedSeverity: undefined,
        alarmType: undefined,
        probableCause: undefined,
      },
      [],
    ],
  ])('accepts %s', (_what, different, flags) => {
    expect(gpp(different)).toMatchObject({ kind: 'event', flags });
  });

  it('counts another notification, and refuses what is none', () => {
    expect(gpp({ notificationType: 'notifyMOICreation' })).toMatchObject({
      kind: 'counted',
      what: 'notify-other',
    });
    expect(gpp({ notificationType: 'getAlarmList' })).toMatchObject({
      kind: 'refused',
      reason: 'type-unknown',
    });
  });

  it.each([['notificationType'], ['systemDN'], ['alarmId']])(
    'refuses a notification without %s',
    (field) => {
      expect(gpp({ [field]: undefined })).toMatchObject({
        kind: 'refused',
        reason: 'schema-invalid',
      });
    },
  );
});

describe('a topic of a dialect without headers', () => {
  it('takes from a registration that is no longer active nothing at all', () => {
    const retired = sourcesOf([aSource({ topic: 't', dialect: 'ves-7', active: false })]);
    expect(read('t', { event: aVesFault() }, retired)).toMatchObject([
      { kind: 'refused', reason: 'source-unknown' },
    ]);
  });

  it('refuses a tombstone', () => {
    expect(readRecord(aRecord({ topic: 'network.ves' }), sources)).toMatchObject([
      { reason: 'value-missing', sourceId: 'ves-collector' },
    ]);
  });
});
