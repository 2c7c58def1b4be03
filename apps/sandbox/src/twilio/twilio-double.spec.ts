import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient';
import { request } from 'undici';
import type { Sandbox } from '../sandbox';
import type { SmsMoods } from '../moods/mood';
import {
  account,
  aSandbox,
  ask,
  control,
  getFromApi,
  messagesUrl,
  postMessage,
  Receiver,
} from '../testing';

type Rule = Partial<SmsMoods['rules'][number]>;

let sandbox: Sandbox;
let receiver: Receiver;

beforeAll(async () => {
  sandbox = await aSandbox();
});
beforeEach(async () => {
  await control(sandbox, 'POST', 'reset');
  receiver = await new Receiver().listen();
});
afterEach(() => receiver.close());
afterAll(() => sandbox.close());

const mood = (rule: Rule, rest: object = {}) =>
  control(sandbox, 'PUT', 'moods/sms', { rules: [rule], retryMs: [1, 1], ...rest });
const accepted = async (): Promise<unknown> =>
  (await control(sandbox, 'GET', 'ledger?kind=sms')).value['accepted'];
const withReceipts = (delivery: string, fields: Record<string, string> = {}) =>
  postMessage(sandbox, { StatusCallback: receiver.urlFor(delivery), ...fields });

describe('taking a message', () => {
  it('answers 201 with the fields of the API, parts as a string and no price', async () => {
    const { status, body } = await postMessage(sandbox, { Body: 'a'.repeat(161) });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'queued',
      num_segments: '2',
      price: null,
      error_code: null,
    });
    expect(body['sid']).toMatch(/^SM[0-9a-f]{32}$/);
  });

  it('refuses another token, and another account', async () => {
    const basic = (secret: string) =>
      `Basic ${Buffer.from(`${account.accountSid}:${secret}`).toString('base64')}`;
    const body = 'To=%2B4790000001&From=Nettinfo&Body=x';
    const wrongToken = await ask(`${messagesUrl(sandbox)}.json`, 'POST', body, {
      authorization: basic('other'),
    });
    expect([wrongToken.status, JSON.parse(wrongToken.text)]).toMatchObject([401, { code: 20003 }]);
    const elsewhere = messagesUrl(sandbox).replace('AC0', 'AC1');
    expect((await getFromApi(`${elsewhere}.json`)).status).toBe(401);
  });

  it('says Twilio’s code for what is wrong', async () => {
    const { status, body } = await postMessage(sandbox, { To: '123' });
    expect([status, body]).toMatchObject([400, { code: 21211, status: 400 }]);
    expect(await accepted()).toBe(0);
  });

  it('works with Twilio’s own client, which finds the message by number, newest first', async () => {
    const client = twilio(account.accountSid, account.authToken, {
      httpClient: sandboxHttpClient(),
    });
    const first = await client.messages.create({
      to: '+4790000002',
      from: 'Nettinfo',
      body: 'one',
    });
    await client.messages.create({ to: '+4790000002', from: 'Nettinfo', body: 'two' });
    await client.messages.create({ to: '+4790000003', from: 'Nettinfo', body: 'three' });
    const found = await client.messages.list({ to: '+4790000002', pageSize: 1 });
    expect(found.map(({ body }) => body)).toEqual(['two', 'one']);
    expect((await client.messages(first.sid).fetch()).dateCreated).toBeInstanceOf(Date);
    await expect(
      client.messages.create({ to: '1', from: 'Nettinfo', body: 'x' }),
    ).rejects.toMatchObject({ code: 21211 });
  });
});

describe('receipts', () => {
  it('S-10: are signed over the exact address, with all fields, in the order of the statuses', async () => {
    const { body } = await withReceipts('d1');
    await receiver.received(3);
    expect(receiver.statuses()).toEqual(['sending', 'sent', 'delivered']);
    expect(receiver.callbacks.every(({ isSignedByUs }) => isSignedByUs)).toBe(true);
    expect(receiver.callbacks[2]).toMatchObject({
      path: '/receipts/d1?from=sandbox',
      fields: {
        MessageSid: body['sid'],
        SmsSid: body['sid'],
        SmsStatus: 'delivered',
        AccountSid: account.accountSid,
        From: 'Nettinfo',
        To: '+4790000001',
        ApiVersion: '2010-04-01',
      },
    });
    const { body: shown } = await getFromApi(`${messagesUrl(sandbox)}/${String(body['sid'])}.json`);
    expect(shown['status']).toBe('delivered');
  });

  it('DL-4: early ones come before the 201', async () => {
    await mood({ receipts: 'early' });
    await withReceipts('d2');
    expect(receiver.statuses()).toEqual(['sending', 'sent', 'delivered']);
  });

  it('DL-3: come reversed and twice when the mood says so', async () => {
    await mood({ receipts: 'reversed' });
    await withReceipts('d3');
    await receiver.received(3);
    expect(receiver.statuses()).toEqual(['delivered', 'sent', 'sending']);
    await mood({ receipts: 'twice', statuses: ['delivered'] });
    await withReceipts('d4');
    await receiver.received(5);
    expect(receiver.statuses().slice(3)).toEqual(['delivered', 'delivered']);
  });

  it('S-10: forged ones carry another token’s signature', async () => {
    await mood({ receipts: 'forged', statuses: ['failed'] });
    await withReceipts('d5');
    await receiver.received(1);
    expect(receiver.callbacks[0]?.isSignedByUs).toBe(false);
  });

  it('carry the error of the last status', async () => {
    await mood({ statuses: ['sent', 'undelivered'], errorCode: 30005 });
    await withReceipts('d6');
    await receiver.received(2);
    expect(receiver.callbacks[1]?.fields).toMatchObject({
      MessageStatus: 'undelivered',
      ErrorCode: '30005',
    });
  });

  it('outlive a receiver that answers 500 or is away for a moment', async () => {
    await mood({ statuses: ['delivered'] });
    receiver.answers.push(500, 503);
    await withReceipts('d7');
    await receiver.received(3);
    expect(receiver.statuses()).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('are not repeated when the receiver says no', async () => {
    await mood({ statuses: ['sent', 'delivered'] });
    receiver.answers.push(403);
    await withReceipts('d8');
    await receiver.received(2);
    expect(receiver.statuses()).toEqual(['sent', 'delivered']);
  });
});

describe('moods', () => {
  it('429 takes nothing and says when to come back', async () => {
    await mood({ answer: '429' });
    expect(await postMessage(sandbox)).toMatchObject({ status: 429, body: { code: 20429 } });
    expect(await accepted()).toBe(0);
  });

  it.each([
    ['500-before', 0],
    ['500-after', 1],
  ] as const)('%s looks the same to the sender and has taken %i', async (answer, count) => {
    await mood({ answer });
    expect(await postMessage(sandbox)).toMatchObject({ status: 500, body: { code: 20500 } });
    expect(await accepted()).toBe(count);
  });

  it.each([
    ['reset-before', 0],
    ['reset-after', 1],
  ] as const)(
    '%s cuts the connection in the middle of the answer and has taken %i',
    async (answer, count) => {
      await mood({ answer });
      await expect(postMessage(sandbox)).rejects.toThrow();
      expect(await accepted()).toBe(count);
    },
  );

  it('hang-after takes the message, makes its receipts and never answers', async () => {
    await mood({ answer: 'hang-after' });
    const impatient = new AbortController();
    const body = new URLSearchParams({
      To: '+4790000001',
      From: 'Nettinfo',
      Body: 'x',
      StatusCallback: receiver.urlFor('h'),
    });
    const hanging = request(`${messagesUrl(sandbox)}.json`, {
      method: 'POST',
      body: body.toString(),
      headers: {
        authorization: `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`,
      },
      signal: impatient.signal,
    });
    const gaveUp = expect(hanging).rejects.toThrow(/abort/i);
    await receiver.received(3);
    impatient.abort();
    await gaveUp;
    expect(await accepted()).toBe(1);
  });

  it('refuse says a code, for one number only', async () => {
    await mood({ to: '+4790000009', answer: 'refuse', refuseCode: 21610 });
    expect(await postMessage(sandbox, { To: '+4790000009' })).toMatchObject({
      status: 400,
      body: { code: 21610 },
    });
    expect((await postMessage(sandbox)).status).toBe(201);
  });

  it('times spends a rule', async () => {
    await mood({ answer: '500-after', times: 1 });
    expect((await postMessage(sandbox)).status).toBe(500);
    expect((await postMessage(sandbox)).status).toBe(201);
  });

  it('showLateMs keeps a message out of look-ups though it was taken', async () => {
    await mood({ showLateMs: 600_000 });
    const { body } = await postMessage(sandbox);
    expect(
      (await getFromApi(`${messagesUrl(sandbox)}.json?To=%2B4790000001`)).body['messages'],
    ).toEqual([]);
    expect((await getFromApi(`${messagesUrl(sandbox)}/${String(body['sid'])}.json`)).status).toBe(
      404,
    );
    expect(await accepted()).toBe(1);
  });

  it('are refused whole when a word in them is unknown, and the old ones stay', async () => {
    await mood({ answer: '429' });
    const { status, value } = await control(sandbox, 'PUT', 'moods/sms', {
      rules: [{ anser: '429' }],
    });
    expect([status, String(value['error'])]).toEqual([400, expect.stringContaining('anser')]);
    expect((await postMessage(sandbox)).status).toBe(429);
  });
});

describe('the ledger', () => {
  it('proves a duplicate by the delivery and by number and text', async () => {
    await withReceipts('same');
    await withReceipts('same', { Body: 'other words' });
    await postMessage(sandbox, { To: '+4790000004' });
    await postMessage(sandbox, { To: '+4790000004' });
    const ref = '/receipts/same?from=sandbox';
    const totals = await control(
      sandbox,
      'GET',
      `ledger?kind=sms&to=%2B4790000004&ref=${encodeURIComponent(ref)}`,
    );
    expect(totals.value).toMatchObject({
      accepted: 4,
      recipients: 2,
      refs: 1,
      pairs: 3,
      doubledRefs: 1,
      doubledPairs: 1,
      acceptedFor: 2,
      acceptedAs: 2,
    });
    const byRef = await control(sandbox, 'GET', 'ledger/duplicates?by=ref');
    expect(byRef.value['duplicates']).toMatchObject([{ ref, count: 2 }]);
    const byText = await control(sandbox, 'GET', 'ledger/duplicates?by=to,body');
    expect(byText.value['duplicates']).toMatchObject([
      { to: '+4790000004', body: 'Hei', count: 2 },
    ]);
  });

  it('streams what was taken since a number, with the validity that was on the wire', async () => {
    await postMessage(sandbox, { Body: 'first' });
    await postMessage(sandbox, { Body: 'second', ValidityPeriod: '900' });
    const { text } = await ask(`${sandbox.url}/control/ledger/since/1`);
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toMatchObject([{ n: 1, to: '+4790000001', validitySeconds: 900 }]);
  });
});

interface TwilioCall {
  readonly method: string;
  readonly uri: string;
  readonly username?: string;
  readonly password?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, unknown>>;
}

const asForm = (values: Readonly<Record<string, unknown>> = {}): URLSearchParams =>
  new URLSearchParams(
    Object.entries(values).map(([name, value]): [string, string] => [name, String(value)]),
  );

/** Twilio's client with its calls led to the sandbox. */
const sandboxHttpClient = (): RequestClient => {
  const request = async ({ method, uri, username, password, params, data }: TwilioCall) => {
    const url = new URL(uri.replace('https://api.twilio.com', sandbox.url));
    asForm(params).forEach((value, name) => url.searchParams.set(name, value));
    const body = method.toUpperCase() === 'POST' ? asForm(data).toString() : undefined;
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    const { status, text, headers } = await ask(url.href, method.toUpperCase(), body, {
      authorization,
    });
    return { statusCode: status, body: JSON.parse(text) as unknown, headers };
  };
  return { request } as unknown as RequestClient;
};
