import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import nodemailer from 'nodemailer';
import twilio from 'twilio';
import { request } from 'undici';
import type { Database } from '@varde/platform-database';
import { logger } from '@varde/platform-observability';
import { aDatabase, type TestDatabase } from '@varde/testing';

// Canaries: they exist nowhere else.
const number = '+4790911223';
const mailbox = 'canary.kari@canary-kunde.example';
const words = 'Kjære Kanari, strømmen er borte';

let database: TestDatabase;
let courier: Database;
const servers: Server[] = [];

beforeAll(async () => {
  database = await aDatabase();
  courier = await database.database('varde_courier');
});
afterAll(async () => {
  for (const server of servers) server.close();
  await database.drop();
});

/** A peer that says a line at the start and one for each that it hears; `undefined` cuts the connection. */
async function aPeer(
  greeting: string,
  answer: (heard: string) => string | undefined,
): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    if (greeting !== '') socket.write(greeting);
    socket.on('data', (heard) => {
      const said = answer(heard.toString());
      if (said === undefined) socket.resetAndDestroy();
      else socket.write(said);
    });
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (cause) {
    return cause;
  }
  throw new Error('Nothing failed.');
}

async function ofMail(): Promise<unknown> {
  const port = await aPeer('220 relay.example\r\n', (heard) =>
    heard.startsWith('RCPT') ? `550 5.1.1 ${heard.trim()} is ${number}, gone\r\n` : '250 fine\r\n',
  );
  const relay = nodemailer.createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  const mail = { from: 'drift@operator.example', to: mailbox, subject: words, text: words };
  return errorOf(relay.sendMail(mail)).finally(() => relay.close());
}

async function ofSms(): Promise<unknown> {
  const refusal = {
    code: 21211,
    message: `The 'To' number ${number} is not valid; tell ${mailbox}`,
    more_info: `https://provider.example/errors?To=${encodeURIComponent(number)}`,
    status: 400,
    details: { to: number, body: words },
  };
  // The SDK's own error, made by the SDK from an answer.
  const httpClient = {
    request: () => Promise.resolve({ statusCode: 400, body: refusal, headers: { to: number } }),
  } as unknown as twilio.RequestClient;
  const client = twilio(`AC${'0'.repeat(32)}`, 'token-of-the-test-1', { httpClient });
  return errorOf(client.messages.create({ to: number, from: 'Nettinfo', body: words }));
}

async function ofHttp(): Promise<unknown> {
  const port = await aPeer('', () => undefined);
  const url = `http://127.0.0.1:${port}/messages?To=${encodeURIComponent(number)}&mail=${mailbox}`;
  const body = new URLSearchParams({ To: number, Body: words }).toString();
  const cause = await errorOf(request(url, { method: 'POST', body, headers: { 'x-to': number } }));
  return new Error(`POST ${url} failed`, { cause });
}

const statements: readonly (readonly [what: string, sql: string])[] = [
  ['a wrong type', 'select $3::uuid, $1::text, $2::text'],
  ['no such function', 'select no_such_function($1::text, $2::text, $3::text)'],
  [
    'a guard of ours',
    `do $$ begin raise exception 'refused' using detail = '${number} ${mailbox}'; end $$`,
  ],
  [
    'a key that exists',
    `with x as (select $1::text, $2::text, $3::text) insert into delivery.gate select 'all', '*', true from x`,
  ],
];

const ofSql = (sql: string): Promise<unknown> => {
  const values = sql.includes('$1::') ? [number, mailbox, words] : [];
  return errorOf(courier.transaction((tx) => tx.query(sql, values)));
};

/** Every way in which code hands on what it caught. */
const handedOn: readonly (readonly [how: string, wrap: (cause: unknown) => object])[] = [
  ['as it is', (cause) => ({ err: cause })],
  [
    'as a cause',
    (cause) => ({ err: new Error('outer', { cause: new Error('inner', { cause }) }) }),
  ],
  ['among others', (cause) => ({ err: new AggregateError([cause, new Error(number)], 'several') })],
  ['deep in a field', (cause) => ({ last: { tries: [{ reason: cause }] } })],
];

/** The line, and whatever stands in it in base64 or percent signs. */
function lineOf(fields: object): string {
  const lines: string[] = [];
  logger('courier', { destination: { write: (line) => lines.push(line) } }).error('test.failed', {
    ...fields,
  });
  return lines.join('');
}

function expectNoCanary(line: string): void {
  const local = mailbox.split('@')[0] ?? '';
  for (const secret of [
    number.slice(3),
    local,
    'canary-kunde',
    'Kanari',
    encodeURIComponent(number),
  ]) {
    expect(line).not.toContain(secret);
    expect(line).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
  }
  expect(line.replace(/\D/g, '')).not.toContain(number.slice(3));
}

const sources: readonly (readonly [what: string, make: () => Promise<unknown>])[] = [
  ['nodemailer', ofMail],
  ['twilio', ofSms],
  ['undici', ofHttp],
  ...statements.map(([what, sql]) => [`PostgreSQL by TypeORM: ${what}`, () => ofSql(sql)] as const),
];

describe.each(sources)('a real error of %s', (_what, make) => {
  it.each(handedOn)('S-28: %s shows no number, mailbox or word of a text', async (_how, wrap) => {
    const cause = await make();
    const line = lineOf(wrap(cause));
    expect(JSON.parse(line)).toMatchObject({ event: 'test.failed' });
    expectNoCanary(line);
  });
});

// Words without their error have lost the code that says whether a database quotes a row in them; numbers and mailboxes are
// masked all the same. No program logs an error like this.
it.each([
  ['nodemailer', ofMail],
  ['twilio', ofSms],
  ['undici', ofHttp],
] as const)(
  'S-28: the bare words of an error of %s show no number and no mailbox',
  async (_what, make) => expectNoCanary(lineOf({ said: String(await make()) })),
);

it('S-28: TypeORM writes no log of its own, parameters and all', async () => {
  const written: string[] = [];
  const note = (...said: unknown[]): boolean => written.push(said.map(String).join(' ')) > 0;
  const spies = [
    ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
      jest.spyOn(console, name).mockImplementation(note),
    ),
    jest.spyOn(process.stdout, 'write').mockImplementation(note),
    jest.spyOn(process.stderr, 'write').mockImplementation(note),
  ];
  try {
    await courier.transaction((tx) => tx.query('select $1::text, pg_sleep(0)', [number]));
    for (const [, sql] of statements) await ofSql(sql);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  expect(written).toEqual([]);
});
