import * as fc from 'fast-check';
import { bytesOf, exampleSources, goodRecords, headersOf } from './intake/examples';
import type { HeaderValue, RawRecord } from './intake/record';
import { decodeUtf8 } from './intake/strict-json';

export {
  aNotification,
  anAlarm,
  anAlarmBody,
  anAlarmRecord,
  aRecord,
  aReportBody,
  aReportRecord,
  aSource,
  aVesFault,
  bytesOf,
  exampleReceivedAt,
  exampleSources,
  goodRecords,
  headersOf,
} from './intake/examples';

const topics = [...new Set(exampleSources.map(({ topic }) => topic)), 'network.unknown'];
const oddTexts = [
  '',
  '\u0000',
  '\ud800',
  '__proto__',
  'constructor',
  'x'.repeat(600),
  '<script>',
  '\r\n\u001b[31m',
  '0',
  'cleared',
];
const oddValues: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [[]],
  [null],
  { id: 1 },
  ...oddTexts,
  '9999-12-31T23:59:59-23:59',
  '2026-02-30T00:00:00Z',
  '2026-12-31T23:59:60Z',
  Array.from({ length: 1_001 }, () => 0),
];

/** A change at some place of a value: `at` and `to` are shares, so that one change fits any length. */
interface Change {
  readonly at: number;
  readonly to: number;
  readonly byte: number;
}

type ByteChange = (bytes: Uint8Array, change: Change) => Uint8Array;

const place = (bytes: Uint8Array, share: number): number => Math.floor(share * bytes.length);
const joined = (...pieces: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(pieces.flatMap((piece) => [...piece]));

const byteChanges: readonly ByteChange[] = [
  (bytes, { at, byte }) => bytes.with(place(bytes, at * 0.999), byte),
  (bytes, { at }) => bytes.slice(0, place(bytes, at)),
  (bytes, { at, to }) => joined(bytes.slice(0, place(bytes, at)), bytes.slice(place(bytes, to))),
  (bytes, { at, byte }) =>
    joined(bytes.slice(0, place(bytes, at)), Uint8Array.of(byte), bytes.slice(place(bytes, at))),
];

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  byte: fc.integer({ min: 0, max: 255 }),
});

const goodRecord = fc.constantFrom(...goodRecords);
const anyHeader: fc.Arbitrary<HeaderValue> = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 3 }),
  fc.constantFrom(...oddTexts).map(bytesOf),
  fc.constantFrom(null, undefined),
);
const headerName = fc.constantFrom(
  ...goodRecords.flatMap(({ headers }) => Object.keys(headers)),
  'ce_camelCase',
  'ce_data',
  'ce_',
);

/** A good record with some bytes of its value changed, cut, repeated or put in. */
const withOtherBytes = fc
  .tuple(
    goodRecord,
    fc.array(fc.tuple(fc.constantFrom(...byteChanges), change), { minLength: 1, maxLength: 4 }),
  )
  .map(([record, steps]) => ({
    ...record,
    value: steps.reduce<Uint8Array>(
      (bytes, [apply, how]) => (bytes.length === 0 ? bytes : apply(bytes, how)),
      record.value ?? new Uint8Array(),
    ),
  }));

/** A good record in which one member of its JSON, at any depth, is another value, or gone. */
const withOtherMember = fc
  .tuple(goodRecord, fc.nat(), fc.option(fc.oneof(fc.constantFrom(...oddValues), fc.jsonValue())))
  .map(([record, n, value]) => ({
    ...record,
    value: bytesOf(replaced(record.value ?? new Uint8Array(), n, value)),
  }));

/** A good record with another header, key or topic. */
const withOtherSurroundings = fc
  .tuple(
    goodRecord,
    headerName,
    anyHeader,
    fc.option(fc.uint8Array({ maxLength: 20 })),
    fc.constantFrom(...topics),
  )
  .chain(([record, name, header, key, topic]) =>
    fc.constantFrom<RawRecord>(
      { ...record, headers: { ...record.headers, [name]: header } },
      { ...record, key },
      { ...record, topic },
      { ...record, value: null },
    ),
  );

/** Bytes that never were an event, on any topic, with any headers. */
const anything = fc
  .tuple(
    fc.constantFrom(...topics),
    fc.uint8Array({ maxLength: 400 }),
    fc.dictionary(headerName, anyHeader, { maxKeys: 6 }),
  )
  .map(([topic, value, headers]): RawRecord => ({ ...goodRecords[0]!, topic, value, headers }));

/** Any JSON, of a source that we know. */
const anyJson = fc
  .tuple(fc.constantFrom(...topics), fc.jsonValue({ maxDepth: 18 }), fc.boolean())
  .map(([topic, value, isStructured]): RawRecord => ({
    ...goodRecords[0]!,
    topic,
    value: bytesOf(value),
    headers: isStructured ? headersOf({ 'content-type': 'application/cloudevents+json' }) : {},
  }));

/**
 * Records as a broken or hostile system might send them: good ones of every dialect with one thing changed, and noise.
 * `fc.sample(mutatedRecord, { numRuns: 100_000, seed })` gives the long run of S-12.
 *
 * @source security S-12
 */
export const mutatedRecord: fc.Arbitrary<RawRecord> = fc.oneof(
  { weight: 3, arbitrary: withOtherBytes },
  { weight: 4, arbitrary: withOtherMember },
  { weight: 2, arbitrary: withOtherSurroundings },
  { weight: 1, arbitrary: anything },
  { weight: 1, arbitrary: anyJson },
);

/** The JSON with its n-th member (modulo their number) replaced, or removed where `value` is null. */
function replaced(bytes: Uint8Array, n: number, value: unknown): unknown {
  const root: unknown = JSON.parse(decodeUtf8(bytes) ?? 'null');
  const members = membersOf(root);
  const chosen = members[n % Math.max(members.length, 1)];
  if (!chosen) return value;
  const [holder, name] = chosen;
  if (value === null) Reflect.deleteProperty(holder, name);
  else Reflect.set(holder, name, value);
  return root;
}

function membersOf(value: unknown): readonly (readonly [object, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    [value, name] as const,
    ...membersOf(inner),
  ]);
}
export { anAlarmEvent, anIncident } from './lifecycle/examples';
