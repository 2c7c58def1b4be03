import * as fc from 'fast-check';
import { writeProperties } from './properties';

describe('writeProperties', () => {
  it.each([
    ['a plain pair', { 'log.dirs': '/a/b' }, 'log.dirs=/a/b\n'],
    ['a number and a truth', { port: 9092, on: false }, 'port=9092\non=false\n'],
    [
      'an address, whose colons need nothing in a value',
      { a: 'PLAINTEXT://127.0.0.1:1' },
      'a=PLAINTEXT://127.0.0.1:1\n',
    ],
    ['a leading blank, which Java would cut', { a: ' b c' }, 'a=\\ b c\n'],
    ['a backslash', { a: 'b\\c' }, 'a=b\\\\c\n'],
    ['letters beyond ASCII', { a: 'Tromsø' }, 'a=Troms\\u00f8\n'],
    ['a line break', { a: 'b\nc' }, 'a=b\\u000ac\n'],
    ['a key with a colon and a blank', { 'a:b c': '1' }, 'a\\:b\\ c=1\n'],
    ['nothing', {}, '\n'],
  ])('writes %s', (_what, values, expected) => {
    expect(writeProperties(values)).toBe(expected);
  });

  it('writes one line of printable ASCII for each pair, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.string({ unit: 'grapheme' }),
        (key, value) => {
          expect(writeProperties({ [key]: value })).toMatch(/^[\x20-\x7e]+\n$/);
        },
      ),
    );
  });
});
