import { readMailHead } from './mail-head';

const mail = (boundary: string, date: string): Buffer =>
  Buffer.from(
    [
      'Message-ID: <a@varde.example>',
      `Date: ${date}`,
      'Subject: Outage in the',
      ' north',
      `Content-Type: multipart/alternative; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      'Content-Type: text/plain',
      '',
      'We are on it.',
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  );

const broken: readonly (readonly [sentence: string, raw: string, violation: RegExp])[] = [
  ['a second Subject', 'Subject: a\r\nSubject: b\r\n\r\nx', /subject stands there more than once/],
  ['a bare LF', 'Subject: a\nBcc: b\r\n\r\nx', /CR or LF stands alone/],
  ['a bare CR', 'Subject: a\r\n\r\nx\rx', /CR or LF stands alone/],
  ['a NUL', 'Subject: a\0\r\n\r\nx', /NUL/],
  ['a header line without a name', 'Subject: a\r\nlost words\r\n\r\nx', /no name/],
  ['a line of 999 octets', `Subject: a\r\n\r\n${'x'.repeat(999)}`, /longer than 998/],
];

describe('readMailHead', () => {
  it('unfolds the subject and keeps the Message-ID', () => {
    expect(readMailHead(mail('b1', 'Mon'))).toMatchObject({
      messageId: '<a@varde.example>',
      subject: 'Outage in the north',
      violations: [],
    });
  });

  it('DL-1: a second try of a mail has the same text, whatever its boundary and date', () => {
    expect(readMailHead(mail('b1', 'Mon')).sameText).toBe(readMailHead(mail('b2', 'Tue')).sameText);
  });

  it.each(broken)('S-18: notices %s', (_sentence, raw, violation) => {
    expect(readMailHead(Buffer.from(raw)).violations.join()).toMatch(violation);
  });
});
