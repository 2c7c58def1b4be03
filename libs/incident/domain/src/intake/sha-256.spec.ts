import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { sha256 } from './sha-256';

describe('sha256', () => {
  it('gives what Node gives, at every length around the edges of a block', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
      }),
      { numRuns: 500 },
    );
  });

  it('gives the value of the standard for "abc"', () => {
    expect(sha256(Uint8Array.of(0x61, 0x62, 0x63))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
