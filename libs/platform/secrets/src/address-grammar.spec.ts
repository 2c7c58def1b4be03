import * as fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { emailCases, phoneCases } from './address.cases';
import { maskEmail, maskPhone } from './mask';
import { normalEmail } from './normal-email';
import { normalPhone } from './normal-phone';

describe('normalPhone', () => {
  it.each(phoneCases)('S-19: %s: %j', (_why, text, country, normal) => {
    expect(normalPhone(text, country)).toBe(normal);
  });

  it('says of numbers in normal form the same as the library, which it does not ask', () => {
    const near = fc
      .tuple(fc.constantFrom('+47', '+46', '+467', '+45'), fc.stringMatching(/^\d{6,10}$/))
      .map(([code, digits]) => code + digits);
    fc.assert(
      fc.property(near, (text) => {
        const found = parsePhoneNumberFromString(text, { extract: false });
        expect(normalPhone(text)).toBe(found?.isValid() === true ? found.number : undefined);
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves a normal form as it is', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9 +()-]{3,16}$/),
        fc.constantFrom('NO', 'SE', 'DK'),
        (text, country) => {
          const normal = normalPhone(text, country);
          if (normal !== undefined) expect(normalPhone(normal)).toBe(normal);
        },
      ),
    );
  });
});

describe('normalEmail', () => {
  it.each(emailCases)('S-19: %s: %j', (_why, text, normal) => {
    expect(normalEmail(text)).toBe(normal);
  });

  it('S-19: never lets through what could name a second recipient or end a line', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.string({ unit: 'binary', maxLength: 40 }),
        (one, other) => {
          const normal = normalEmail(`${one}@${other}.example`);
          if (normal !== undefined) expect(normal).toMatch(/^[^\s",;:<>()@\\]+@[a-z0-9.-]+$/);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('masks', () => {
  it.each([
    ['+4790000017', '+47 …17'],
    ['+46 70 000 00 18', '+46 …18'],
    ['900 00 019', '…19'],
    ['+15005550006', '…06'],
    ['123', '…'],
    ['ring meg', '…'],
  ])('S-28: of the number %s only %s is shown', (text, masked) => {
    expect(maskPhone(text)).toBe(masked);
  });

  it.each([
    ['kari@post.example', '…@….example'],
    ['a@post.example, b@post.no', '…@….no'],
    ['not an address', '…'],
    ['', '…'],
  ])('S-28: of the mail address %j only %s is shown', (text, masked) => {
    expect(maskEmail(text)).toBe(masked);
  });
});
