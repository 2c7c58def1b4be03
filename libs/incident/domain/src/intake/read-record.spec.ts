import * as fc from 'fast-check';
import {
  anAlarmRecord,
  aReportRecord,
  aRecord,
  bytesOf,
  exampleSources,
  goodRecords,
} from './examples';
import { flags, refusalReasons } from '../vocabulary';
import { mutatedRecord } from '../testing';
import { readRecord } from './read-record';
import type { IntakePart } from './record';
import { sourcesOf } from './sources';

const sources = sourcesOf(exampleSources);

/** Everything that a shell may rely on, whatever came in. */
function checkParts(parts: readonly IntakePart[]): void {
  expect(parts.length).toBeGreaterThan(0);
  expect(parts.map(({ part }) => part)).toEqual(parts.map((_part, n) => n));
  for (const part of parts) {
    expect(['event', 'counted', 'refused']).toContain(part.kind);
    if (part.kind === 'refused') {
      expect(refusalReasons).toContain(part.reason);
      expect(part.detail).toMatch(/^\P{Cc}{10,300}\.$/u);
    } else {
      expect(part.eventId.length).toBeGreaterThan(0);
      expect(part.eventId.length).toBeLessThanOrEqual(512);
    }
    if (part.kind === 'event')
      expect(part.flags).toEqual(flags.filter((flag) => part.flags.includes(flag)));
    // It must fit into PostgreSQL: no U+0000, no half of a surrogate pair, no time that a timestamptz cannot hold.
    expect(JSON.stringify(part)).not.toMatch(/\\u0000|\\ud[89ab]/i);
    for (const at of instantsOf(part)) expect(new Date(at).toISOString()).toMatch(/^[2-9]\d{3}-/);
  }
}

function instantsOf(value: unknown): readonly number[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    (name === 'at' || name.endsWith('At')) && typeof inner === 'number'
      ? [inner]
      : instantsOf(inner),
  );
}

describe('readRecord', () => {
  it('accepts every good record without a flag', () => {
    for (const record of goodRecords) {
      for (const part of readRecord(record, sources)) {
        expect(part.kind).not.toBe('refused');
        if (part.kind === 'event') expect(part.flags).toEqual([]);
      }
    }
  });

  it('S-12: each mutated event is accepted, counted or refused, exactly one of the three, and nothing throws', () => {
    fc.assert(
      fc.property(mutatedRecord, (record) => {
        checkParts(readRecord(record, sources));
      }),
      { numRuns: 12_000 },
    );
  });

  it('I-3: the same record gives the same parts', () => {
    fc.assert(
      fc.property(mutatedRecord, (record) => {
        expect(readRecord(record, sources)).toEqual(readRecord(record, sources));
      }),
      { numRuns: 500 },
    );
  });

  it('never makes the severity of an alarm that of an incident', () => {
    const part = readRecord(
      anAlarmRecord({ alarm: { perceivedSeverity: 'critical' } }),
      sources,
    )[0];
    expect(part?.kind === 'event' && 'kind' in part.event).toBe(false);
    const report = readRecord(
      aReportRecord({ body: { severity: 'minor', alarms: ['NO-RAN-88213074'] } }),
      sources,
    )[0];
    expect(report).toMatchObject({ event: { severity: 'minor' } });
  });

  it.each([
    ['spaces', ' '.repeat(250_000)],
    ['minus signs', '-'.repeat(250_000)],
    ['digits without an end', '1'.repeat(250_000) + 'e'],
    ['backslashes', `"${'\\\\'.repeat(100_000)}`],
    ['open brackets', '{"a":'.repeat(50_000)],
    ['a long text as a time', JSON.stringify({ id: 'x', alarmRaisedTime: '9'.repeat(100_000) })],
    ['a long text as a word', JSON.stringify({ id: 'x', alarmType: ' _-'.repeat(30_000) })],
    ['a long text as an area', JSON.stringify({ id: 'x', state: `NO-${'A'.repeat(100_000)}` })],
  ])('S-13: reads %s without getting lost', (_what, value) => {
    checkParts(readRecord(aRecord({ topic: 'network.tmf642', value: bytesOf(value) }), sources));
  });

  it.each([
    ['content-type', `${'a/'.repeat(50_000)}json`],
    ['content-type', `application/${'json+'.repeat(20_000)}`],
    ['ce_source', '%'.repeat(100_000)],
    ['ce_source', `${'/a'.repeat(50_000)} `],
    ['ce_mode', '-_ '.repeat(33_000)],
    ['ce_sequence', '0'.repeat(100_000)],
    ['ce_time', `2026-02-11T03:14:09.${'0'.repeat(100_000)}`],
  ])('S-13: reads a hostile header %s', (name, text) => {
    checkParts(readRecord(anAlarmRecord({ headers: { [name]: text } }), sources));
  });
});
