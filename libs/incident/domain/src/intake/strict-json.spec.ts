import * as fc from 'fast-check';
import { bytesOf } from './examples';
import { JsonNumber, readJson, type JsonValue } from './strict-json';

const refusal = (value: string | Uint8Array): string => {
  try {
    readJson(typeof value === 'string' ? bytesOf(value) : value);
    return 'read';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const listOf = (count: number): string => JSON.stringify(Array.from({ length: count }, () => 0));
const textOfBytes = (count: number): string => `"${'a'.repeat(count - 2)}"`;

describe('readJson', () => {
  it.each([
    ['an object', '{"a":[1,-0.5e3,true,false,null,"x"]}', 'read'],
    ['a byte order mark is skipped', '\ufeff{}', 'read'],
    ['spaces around', ' \n\t{ } \r', 'read'],
    ['a pair of surrogates in escapes', '"\\ud83d\\udea8"', 'read'],
    ['a member called __proto__', '{"__proto__":1}', 'read'],
    ['16 levels', nested(16), 'read'],
    ['17 levels', nested(17), 'too-large'],
    ['100,000 levels', nested(100_000), 'too-large'],
    ['1,000 items', listOf(1_000), 'read'],
    ['1,001 items', listOf(1_001), 'too-large'],
    ['256 KiB', textOfBytes(262_144), 'read'],
    ['one byte more', textOfBytes(262_145), 'too-large'],
    ['nothing', '', 'encoding-invalid'],
    ['a repeated key', '{"a":1,"a":1}', 'encoding-invalid'],
    ['a repeated key, one of them escaped', '{"a":1,"\\u0061":1}', 'encoding-invalid'],
    ['a lone high surrogate', '"\\ud83d"', 'encoding-invalid'],
    ['a lone low surrogate in a key', '{"\\udea8":1}', 'encoding-invalid'],
    ['surrogates the wrong way round', '"\\udea8\\ud83d"', 'encoding-invalid'],
    ['U+0000', '"\\u0000"', 'encoding-invalid'],
    ['a raw line feed in a text', '"a\nb"', 'encoding-invalid'],
    ['a comma at the end', '[1,]', 'encoding-invalid'],
    ['a comma at the end of an object', '{"a":1,}', 'encoding-invalid'],
    ['two documents', '{}{}', 'encoding-invalid'],
    ['a text without its end', '"abc', 'encoding-invalid'],
    ['an unknown escape', '"\\x41"', 'encoding-invalid'],
    ['an escape of three digits', '"\\u041"', 'encoding-invalid'],
    ['a number with a leading zero', '01', 'encoding-invalid'],
    ['a number without an end', '1.', 'encoding-invalid'],
    ['a word of JavaScript', 'NaN', 'encoding-invalid'],
    ['an escape called constructor', '"\\constructor"', 'encoding-invalid'],
  ])('S-12: %s', (_what, value, expected) => {
    expect(refusal(value)).toBe(expected);
  });

  it('S-12: refuses bytes that are not UTF-8, an overlong form and an encoded surrogate among them', () => {
    const invalid = [
      [0x22, 0xff, 0x22],
      [0x22, 0xc0, 0x80, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
    ];
    expect(invalid.map((bytes) => refusal(Uint8Array.from(bytes)))).toEqual(
      invalid.map(() => 'encoding-invalid'),
    );
  });

  it('keeps every digit of a number', () => {
    expect(readJson(bytesOf('12345678901234567890'))).toEqual(
      new JsonNumber('12345678901234567890'),
    );
  });

  it('reads whatever JSON.stringify writes, as it was', () => {
    const wellFormed = fc
      .jsonValue({ maxDepth: 8 })
      .filter((value) => !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value)));
    fc.assert(
      fc.property(wellFormed, (value) => {
        expect(plain(readJson(bytesOf(JSON.stringify(value))))).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with JSON.parse about every text of JSON characters', () => {
    const characters = fc.array(fc.constantFrom(...'{}[]",:\\u01ae-+.tfnlrs '), { maxLength: 30 });
    fc.assert(
      fc.property(characters, (some) => {
        const text = some.join('');
        if (refusal(text) === 'read') expect(() => JSON.parse(text) as unknown).not.toThrow();
      }),
      { numRuns: 2_000 },
    );
  });
});

function plain(value: JsonValue): unknown {
  if (value instanceof JsonNumber) return value.value;
  if (value instanceof Map)
    return Object.fromEntries(
      [...(value as ReadonlyMap<string, JsonValue>)].map(([k, v]) => [k, plain(v)]),
    );
  return Array.isArray(value) ? value.map(plain) : value;
}
