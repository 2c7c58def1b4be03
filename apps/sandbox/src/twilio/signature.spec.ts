import fc from 'fast-check';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import { twilioSignature } from './signature';

/** The vectors of `standards.md` §4.3. */
const vectors: readonly (readonly [string, string, Record<string, string>, string])[] = [
  [
    '12345',
    'https://mycompany.com/myapp.php?foo=1&bar=2',
    {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675309',
      Digits: '1234',
      From: '+14158675309',
      To: '+18005551212',
    },
    'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
  ],
  [
    'secret-token',
    'https://crisis.example.test/webhooks/sms/status',
    {
      AccountSid: 'AC00000000000000000000000000000001',
      ApiVersion: '2010-04-01',
      From: 'Nettinfo',
      MessageSid: 'SM00000000000000000000000000000001',
      MessageStatus: 'delivered',
      SmsSid: 'SM00000000000000000000000000000001',
      SmsStatus: 'delivered',
      To: '+4790000000',
    },
    'zuiTMLF7PdAZF5AiDmFqJvCOuoo=',
  ],
  [
    'secret-token',
    'https://varde.example.test/webhooks/sms/inbound?bodySHA256=c38cf67db0a4ebd63c73b721f230e24a48237c5d1599d8aeb2c706e2f9a5d8d7',
    {},
    '/NHVj3qK1ZSOJySFJyV9pE/wc+E=',
  ],
];

describe('twilioSignature', () => {
  it.each(vectors)(
    'S-10: token %s over %s signs as the standard says',
    (token, url, fields, signature) => {
      expect(twilioSignature(token, url, fields)).toBe(signature);
    },
  );

  it('S-10: is accepted by the validator that the product uses, blanks and empty values included', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,20}$/);
    fc.assert(
      fc.property(fc.dictionary(name, fc.string({ unit: 'grapheme' })), (fields) => {
        const url = 'http://127.0.0.1:4000/receipts/1?x=%C3%A5';
        expect(validateRequest('token', twilioSignature('token', url, fields), url, fields)).toBe(
          true,
        );
      }),
    );
  });
});
