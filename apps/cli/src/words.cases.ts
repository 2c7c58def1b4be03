/** What people type for 412 000, and what is no number. */
export const typedNumbers: readonly (readonly [string, number | undefined])[] = [
  ['412000', 412_000],
  ['412 000', 412_000],
  ['412\u00A0000', 412_000],
  ['412\u202F000', 412_000],
  ['412.000', 412_000],
  ['412,000', 412_000],
  ['412’000', 412_000],
  ['412_000', 412_000],
  ['', undefined],
  ['all', undefined],
  ['-5', undefined],
  ['4e5', undefined],
  ['0x10', undefined],
];

/** An audience, and the figure that is shown and typed for it. */
export const roundedNumbers: readonly (readonly [number, number])[] = [
  [0, 0],
  [7, 7],
  [999, 999],
  [1_004, 1_000],
  [10_049, 10_000],
  [12_345, 12_300],
  [412_318, 412_000],
  [999_600, 1_000_000],
  [4_900_000, 4_900_000],
];

/** A time on the wire, a country, and what its people read; both clock changes are among them. */
export const localTimes: readonly (readonly [string, string, string])[] = [
  ['2026-11-25T11:20:00Z', 'NO', '2026-11-25 12:20 CET'],
  ['2026-11-25T12:20:00+01:00', 'SE', '2026-11-25 12:20 CET'],
  ['2026-07-01T22:30:00Z', 'DK', '2026-07-02 00:30 CEST'],
  ['2026-10-25T00:30:00Z', 'NO', '2026-10-25 02:30 CEST'],
  ['2026-10-25T01:30:00Z', 'NO', '2026-10-25 02:30 CET'],
  ['2026-03-29T00:59:00Z', 'NO', '2026-03-29 01:59 CET'],
  ['2026-03-29T01:00:00Z', 'NO', '2026-03-29 03:00 CEST'],
  ['2028-02-29T11:00:00Z', 'NO', '2028-02-29 12:00 CET'],
];
