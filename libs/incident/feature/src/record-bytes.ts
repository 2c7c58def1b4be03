import type { RawRecord } from '@varde/incident-domain';

/** A record's headers as they are kept: in order, repeated ones too, bytes in base64. */
export type StoredHeaders = readonly (readonly [name: string, value: string | null])[];

/** Headers of a record, to be kept. */
export const headersOf = (headers: RawRecord['headers']): StoredHeaders =>
  Object.entries(headers).flatMap(([name, value]) =>
    value instanceof Uint8Array || value === null || value === undefined
      ? [[name, base64(value)] as const]
      : value.map((one) => [name, base64(one)] as const),
  );

/** Headers as they came; a repeated one is a list again. */
export function headersFrom(stored: StoredHeaders): RawRecord['headers'] {
  const found = new Map<string, (Uint8Array | null)[]>();
  for (const [name, value] of stored) {
    found.set(name, [
      ...(found.get(name) ?? []),
      value === null ? null : Buffer.from(value, 'base64'),
    ]);
  }
  return Object.fromEntries(
    [...found].map(([name, values]) => [
      name,
      values.length === 1 ? values[0] : values.map((value) => value ?? new Uint8Array()),
    ]),
  );
}

const base64 = (value: Uint8Array | null | undefined): string | null =>
  value ? Buffer.from(value).toString('base64') : null;
