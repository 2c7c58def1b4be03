import fc from 'fast-check';
import { RestException } from 'twilio';
import { QueryFailedError } from 'typeorm';
import { errors as undiciErrors } from 'undici';
import { withCorrelation } from './correlation';
import { logger } from './logger';
import { NestLogger } from './nest-logger';

function aLog() {
  const lines: string[] = [];
  const log = logger('courier', {
    level: 'debug',
    destination: { write: (line) => lines.push(line) },
  });
  return { log, lines };
}

const parsed = (line: string | undefined): Record<string, unknown> =>
  JSON.parse(line ?? '{}') as Record<string, unknown>;

// A canary: a number and a mailbox that exist nowhere else, written in every way that people and libraries write them.
const digits = fc.integer({ min: 10_000_000, max: 99_999_999 }).map(String);
const country = fc.constantFrom('47', '46', '45', '358', '1');
const phone = fc.tuple(country, digits).map(([code, number]) => ({
  number,
  written: [
    `+${code}${number}`,
    `+${code} ${number.slice(0, 3)} ${number.slice(3, 5)} ${number.slice(5)}`,
    `(+${code}) ${number.slice(0, 2)}-${number.slice(2, 4)}-${number.slice(4)}`,
    `00${code}${number}`,
    `%2B${code}${number}`,
    number,
  ],
}));
const writtenPhone = fc
  .tuple(phone, fc.nat({ max: 5 }))
  .map(([{ number, written }, n]) => ({ number, text: written[n] ?? number }));
const mailbox = fc
  .stringMatching(/^[a-z]{5,12}$/)
  .map((word) => ({ word: `canary${word}`, text: `canary${word}@mail-${word}.example` }));
const key = fc.constantFrom(
  'to',
  'phone',
  'note',
  'id',
  'recipientId',
  'reason',
  'email',
  'said',
  'x',
);
const around = fc.constantFrom(
  ['', ''],
  ['send to ', ' failed'],
  ['"', '"'],
  ['<', '>'],
  ['to=', '&body=x'],
  ["The 'To' number ", ' is not a valid phone number.'],
);

type Wrap = (text: string) => unknown;

const wraps: readonly Wrap[] = [
  (text) => text,
  (text) => [{ deep: { deeper: [text] } }],
  (text) => ({ [text]: 1 }),
  (text) => new Map([['x', text]]),
  (text) => new Error(text),
  (text) => new Error('outer', { cause: new Error('inner', { cause: new Error(text) }) }),
  (text) => new AggregateError([new Error(text)], text),
  (text) =>
    Object.assign(new Error('refused'), {
      rejected: [text],
      response: `550 ${text}`,
      envelope: { to: [text] },
    }),
  (text) =>
    Object.assign(new Error(`550 ${text}`), {
      code: 'EENVELOPE',
      responseCode: 550,
      command: `RCPT TO:<${text}>`,
    }),
  (text) =>
    new RestException({
      statusCode: 400,
      body: { message: text, code: 21211, details: { to: text }, more_info: text },
    }),
  (text) => new undiciErrors.ResponseError(text, 500, { headers: { to: text }, body: text }),
  (text) =>
    new QueryFailedError(
      `insert into address values ('${text}')`,
      [text],
      Object.assign(new Error(`invalid input syntax for type uuid: "${text}"`), {
        code: '22P02',
        severity: 'ERROR',
        detail: `Key (address)=(${text}) exists`,
        where: text,
      }),
    ),
];

describe('logger', () => {
  it('S-28: shows country and last two digits of a number, however and wherever it is written', () => {
    fc.assert(
      fc.property(
        writtenPhone,
        key,
        around,
        fc.constantFrom(...wraps),
        ({ number, text }, name, [before, after], wrap) => {
          const { log, lines } = aLog();
          log.info('test.wrote', { [name]: wrap(`${before}${text}${after}`) });
          const digitsOfLine = (lines[0] ?? '').replace(/[^\d]/g, '');
          expect(digitsOfLine).not.toContain(number);
          expect(lines[0]).not.toContain(text);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('S-28: shows no mailbox, however and wherever it is written', () => {
    fc.assert(
      fc.property(
        mailbox,
        key,
        around,
        fc.constantFrom(...wraps),
        fc.boolean(),
        (mail, name, [before, after], wrap, encoded) => {
          const { log, lines } = aLog();
          const text = encoded ? mail.text.replace('@', '%40') : mail.text;
          log.warn('test.wrote', { [name]: wrap(`${before}${text}${after}`) });
          expect(lines[0]).not.toContain(mail.word);
          expect(lines[0]).not.toContain(mail.text.split('@')[1]);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('S-29: writes one line of JSON, whatever an incident is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const { log, lines } = aLog();
        log.info('incident.declared', { title: `a\r\n{"event":"forged"}\u001b[2J\u2028${title}` });
        expect(lines).toHaveLength(1);
        expect(lines[0]?.endsWith('\n')).toBe(true);
        expect(lines[0]?.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
        expect(parsed(lines[0])['event']).toBe('incident.declared');
      }),
    );
  });

  it('says when in UTC, how grave, which program, what happened and within which request', () => {
    const { log, lines } = aLog();
    const id = '4bf92f3577b34da6a3ce929d0e0e4736';
    withCorrelation(id, () => log.with({ lane: 'sms-0' }).error('delivery.failed', { count: 3 }));
    const { time, ...rest } = parsed(lines[0]);
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(rest).toEqual({
      level: 'error',
      program: 'courier',
      event: 'delivery.failed',
      correlationId: id,
      lane: 'sms-0',
      count: 3,
    });
  });

  it('S-35: removes secrets and message text by the name of their field', () => {
    const { log, lines } = aLog();
    log.info('test.wrote', {
      authorization: 'abc',
      refreshToken: 'abc',
      config: { twilioAuthToken: 'abc', password: 'abc' },
      text: 'Dear customer',
      body: { html: 'Dear customer' },
    });
    expect(lines[0]).not.toMatch(/abc|Dear/);
  });

  it('survives a circle, a hundred entries, bytes and a class', () => {
    const { log, lines } = aLog();
    const circle: Record<string, unknown> = {
      bytes: Buffer.from('+4790000902'),
      keys: new WeakMap(),
    };
    circle['self'] = circle;
    log.info('test.wrote', { circle, list: Array.from({ length: 100 }, (_, n) => n) });
    expect(parsed(lines[0])).toMatchObject({
      circle: { self: '[circle]', bytes: '[11 bytes]', keys: '[WeakMap]' },
    });
    expect(lines[0]).toContain('[50 more]');
  });

  it("keeps the frames of an error's stack and the harmless facts", () => {
    const { log, lines } = aLog();
    log.error('test.failed', {
      err: Object.assign(new Error('no answer'), { code: 'ECONNREFUSED', port: 5432 }),
    });
    expect(parsed(lines[0])['err']).toMatchObject({
      name: 'Error',
      message: 'no answer',
      code: 'ECONNREFUSED',
      port: 5432,
      stack: expect.arrayContaining([expect.stringMatching(/^at /)]),
    });
    expect(parsed(lines[0])['err']).not.toHaveProperty('type');
  });
});

describe('NestLogger', () => {
  it('passes what Nest says through the same masking', () => {
    const { log, lines } = aLog();
    new NestLogger(log).error('no mail to maja@operator.example', 'Error: x\n    at y', 'Mailer');
    expect(parsed(lines[0])).toMatchObject({
      level: 'error',
      event: 'nest.said',
      said: 'no mail to …@….example',
      context: 'Mailer',
    });
  });
});
