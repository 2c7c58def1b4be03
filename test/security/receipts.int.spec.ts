import { createHash } from 'node:crypto';
import { contenders, type Contender } from '../attacks/clients';
import { approval, claim, deliveries, dispatch, id, message, version } from '../attacks/sql';
import { twilioSignature } from '../../apps/sandbox/src/twilio/signature';
import {
  aReceipt,
  fieldsOf,
  openDoor,
  publicUrl,
  tokens,
  type ReceiptsDoor,
  type SentReceipt,
} from './receipts-door.fixture';

let door: ReceiptsDoor;
let courier: Contender;

beforeAll(async () => {
  door = await openDoor();
  await door.database.query(`
    insert into delivery.recipient select n, 3, false from generate_series(1, 200) n;
    insert into delivery.recipient values (900, 2, false);
    update delivery.setting set hold_seconds = 0;`);
  const [one] = await contenders(door.database, 1);
  if (!one) throw new Error('no connection');
  courier = one;
  const steps = [message(1), version(1, 1, 'a', { reach: 201 }), approval(1, 1, 'b')];
  for (const step of [...steps, dispatch(101, 1, 1), deliveries(101, 'true')])
    expect(await courier.try('attack_app', step)).toEqual([]);
  expect(await courier.try('varde_courier', claim(101, { n: 200 }))).toEqual([{ count: '200' }]);
});
afterAll(async () => {
  await courier.end();
  await door.close();
});
beforeEach(() => door.lines.splice(0));

let used = 0;
/** An intent that no test has touched yet. */
async function anIntent(): Promise<{ ref: string; recipient: number }> {
  used += 1;
  const [row] = await door.database.query<{ ref: string }>(
    'select ref from delivery.attempt where recipient_id = $1',
    [used],
  );
  return { ref: row?.ref ?? '', recipient: used };
}

/** Everything that a receipt could move: the rows, the counters, and what is kept of receipts. */
const everything = (): Promise<unknown[]> =>
  door.database.query(`
    select (select md5(string_agg(y::text, ',' order by recipient_id)) from delivery.delivery y) as rows,
           (select md5(string_agg(c::text, ',' order by c)) from delivery.lane_count c) as counts,
           (select count(*) from delivery.receipt) as receipts`);

const stateOf = async (recipient: number): Promise<unknown> => {
  const [row] = await door.database.query<{ state: string }>(
    'select state from delivery.delivery where recipient_id = $1',
    [recipient],
  );
  return row?.state;
};

const sidOf = (n: number): string => `SM${n.toString(16).padStart(32, '0')}`;

type Tamper = (good: SentReceipt, ref: string) => SentReceipt;
const body =
  (change: (body: string) => string): Tamper =>
  (good) => ({ ...good, body: change(good.body) });
const signedFor =
  (url: string): Tamper =>
  (_good, ref) =>
    aReceipt(ref, { ...fieldsOf('delivered'), Note: ' x ' }, { url });
const jsonOf = (text: string, path: string, token: string = tokens.now): SentReceipt => ({
  path,
  headers: {
    'content-type': 'application/json',
    'x-twilio-signature': twilioSignature(token, publicUrl + path, {}),
  },
  body: text,
});
const jsonPath = (ref: string, text: string): string =>
  `/callbacks/sms/${ref}?bodySHA256=${createHash('sha256').update(text).digest('hex')}`;
const json = JSON.stringify(fieldsOf('delivered'));

const tampered: readonly (readonly [what: string, tamper: Tamper])[] = [
  ['whose host a proxy has rewritten', signedFor('https://courier.internal.example/varde')],
  ['whose scheme a proxy has rewritten', signedFor(publicUrl.replace('https', 'http'))],
  ['whose path a proxy has cut', signedFor('https://receipts.operator.example')],
  ['on another port', signedFor('https://receipts.operator.example:8443/varde')],
  ['with an extra parameter', body((text) => `${text}&ErrorCode=30003`)],
  ['with an extra parameter that is empty', body((text) => `${text}&Extra=`)],
  ['with a parameter less', body((text) => text.replace(/&Note=[^&]*/, ''))],
  ['with a blank trimmed in front', body((text) => text.replace('Note=+', 'Note='))],
  ['with a blank trimmed behind', body((text) => text.replace(/Note=\+x\+/, 'Note=+x'))],
  ['with another status', body((text) => text.replace('Status=delivered', 'Status=failed'))],
  ['with a query', (good) => ({ ...good, path: `${good.path}?x=1` })],
  [
    'with no signature',
    ({ headers: { 'content-type': type = '' }, ...good }) => ({
      ...good,
      headers: { 'content-type': type },
    }),
  ],
  [
    'with an empty signature',
    (good) => ({
      ...good,
      headers: { ...good.headers, 'x-twilio-signature': '' },
    }),
  ],
  [
    'signed by a token before both',
    (_good, ref) => aReceipt(ref, fieldsOf('delivered'), { token: 'token-of-last-month' }),
  ],
  [
    'whose JSON was changed',
    (_good, ref) => ({
      ...jsonOf(json, jsonPath(ref, json)),
      body: json.replace('delivered', 'undelivered'),
    }),
  ],
  [
    'whose JSON was only laid out anew',
    (_good, ref) => ({
      ...jsonOf(json, jsonPath(ref, json)),
      body: `${json} `,
    }),
  ],
  [
    'whose JSON and its hash were changed',
    (_good, ref) => ({
      ...jsonOf(json, jsonPath(ref, json)),
      path: jsonPath(ref, `${json} `),
      body: `${json} `,
    }),
  ],
  ['in JSON without a hash', (_good, ref) => jsonOf(json, `/callbacks/sms/${ref}`)],
  [
    'in JSON that passes for a form',
    (_good, ref) => ({
      ...aReceipt(ref, fieldsOf('delivered')),
      headers: {
        ...aReceipt(ref, fieldsOf('delivered')).headers,
        'content-type': 'application/json',
      },
      body: json,
    }),
  ],
];

describe('a receipt', () => {
  it.each(tampered)('S-10: %s is refused, and changes nothing', async (_what, tamper) => {
    const { ref } = await anIntent();
    const good = aReceipt(ref, { ...fieldsOf('delivered'), Note: ' x ' });
    const before = await everything();
    expect(await door.post(tamper(good, ref))).toBe('403 signature-wrong');
    expect(await everything()).toEqual(before);
    expect(door.lines).toContainEqual(
      expect.objectContaining({ event: 'http.refused', code: 'signature-wrong' }),
    );
    expect(await door.post(good)).toBe('204');
  });

  it('S-10: of another account is refused, and changes nothing', async () => {
    const { ref } = await anIntent();
    const before = await everything();
    const other = { ...fieldsOf('delivered'), AccountSid: 'AC00000000000000000000000000000002' };
    const { AccountSid: _none, ...nobodys } = fieldsOf('delivered');
    for (const fields of [other, nobodys])
      expect(await door.post(aReceipt(ref, fields))).toMatch(/ provider-account-unknown$/);
    expect(await everything()).toEqual(before);
  });

  it.each(Object.entries(tokens))(
    'S-10: signed by the token of %s is taken while tokens change',
    async (_when, token) => {
      const { ref, recipient } = await anIntent();
      expect(await door.post(aReceipt(ref, fieldsOf('delivered'), { token }))).toBe('204');
      expect(await stateOf(recipient)).toBe('delivered');
    },
  );

  it('S-10: is checked against the configured address, whatever a proxy says in headers', async () => {
    const { ref, recipient } = await anIntent();
    const { headers, ...good } = aReceipt(ref, { ...fieldsOf('delivered'), New: 'å ', Empty: '' });
    const rewritten = {
      host: 'courier.internal.example:3002',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example;proto=http',
    };
    expect(await door.post({ ...good, headers: { ...headers, ...rewritten } })).toBe('204');
    expect(await stateOf(recipient)).toBe('delivered');
  });

  it('S-10: in JSON is taken when its bytes fit the hash in the address', async () => {
    const { ref, recipient } = await anIntent();
    const text = JSON.stringify({ ...fieldsOf('delivered'), Note: 'å' }, null, 1);
    expect(await door.post(jsonOf(text, jsonPath(ref, text)))).toBe('204');
    expect(await stateOf(recipient)).toBe('delivered');
  });

  it('S-10: that is replayed verifies each time and changes nothing', async () => {
    const { ref, recipient } = await anIntent();
    const [sent, delivered] = [
      aReceipt(ref, fieldsOf('sent')),
      aReceipt(ref, fieldsOf('delivered')),
    ];
    expect([await door.post(sent), await door.post(delivered)]).toEqual(['204', '204']);
    const rows = async (): Promise<unknown[]> =>
      door.database
        .query(`select y, (select array_agg(c order by c) from delivery.lane_count c) as counts
        from delivery.delivery y where recipient_id = ${recipient}`);
    const before = await rows();
    for (const again of [delivered, sent, delivered]) expect(await door.post(again)).toBe('204');
    expect(await rows()).toEqual(before);
    expect(
      await door.database.query(
        `select applied from delivery.receipt where ref = '${ref}' order by n`,
      ),
    ).toEqual([true, true, false, false, false].map((applied) => ({ applied })));
  });
});

describe('a well signed receipt', () => {
  const ignored = (ref: string, reason: string): unknown =>
    expect.objectContaining({ level: 'warn', event: 'receipt.ignored', ref, reason });

  it('S-11: taken over to another delivery’s address is refused', async () => {
    const [mine, other] = [await anIntent(), await anIntent()];
    const before = await everything();
    const stolen = {
      ...aReceipt(mine.ref, fieldsOf('failed')),
      path: `/callbacks/sms/${other.ref}`,
    };
    expect(await door.post(stolen)).toBe('403 signature-wrong');
    expect(await everything()).toEqual(before);
  });

  it('S-11: with the id of another delivery moves neither of them, and stands in the log', async () => {
    const [mine, other] = [await anIntent(), await anIntent()];
    for (const [n, { ref }] of [mine, other].entries())
      await door.post(aReceipt(ref, fieldsOf('sent', sidOf(n))));
    door.lines.splice(0);
    expect(await door.post(aReceipt(other.ref, fieldsOf('failed', sidOf(0))))).toBe('204');
    expect([await stateOf(mine.recipient), await stateOf(other.recipient)]).toEqual([
      'accepted',
      'accepted',
    ]);
    expect(door.lines).toContainEqual(ignored(other.ref, 'another-message'));
    expect(await door.post(aReceipt(other.ref, fieldsOf('delivered', sidOf(1))))).toBe('204');
    expect([await stateOf(mine.recipient), await stateOf(other.recipient)]).toEqual([
      'accepted',
      'delivered',
    ]);
  });

  it('S-11: of a first try still counts when a second one has the row', async () => {
    const { ref, recipient } = await anIntent();
    await courier.try(
      'varde_courier',
      `select delivery.put_back('${id(101)}', ${recipient}, 'sms', 1, null, true)`,
    );
    expect(await courier.try('varde_courier', claim(101, { n: 1 }))).toEqual([{ count: '1' }]);
    await courier.try(
      'varde_courier',
      `select delivery.settle('${id(101)}', ${recipient}, 'sms', 'accepted', '${sidOf(2)}')`,
    );
    expect(await door.post(aReceipt(ref, fieldsOf('delivered', sidOf(1))))).toBe('204');
    expect(await stateOf(recipient)).toBe('delivered');
    expect(door.lines.filter((line) => line['event'] === 'receipt.ignored')).toEqual([]);
  });

  it('S-11: with an id that nobody has is kept aside, moves nothing, and stands in the log', async () => {
    const unknown = '20000000-0000-4000-8000-00000000000a';
    const [before] = (await everything()) as { rows: string; counts: string }[];
    expect(await door.post(aReceipt(unknown, fieldsOf('delivered')))).toBe('204');
    expect(await everything()).toEqual([
      expect.objectContaining({ rows: before?.rows, counts: before?.counts }),
    ]);
    expect(door.lines).toContainEqual(ignored(unknown, 'unknown-intent'));
  });

  it.each(['1', '..', 'x'.repeat(64), "1' or '1'='1"])(
    'S-11: with %j for an id is refused',
    async (ref) => {
      const before = await everything();
      const answer = await door.post(aReceipt(encodeURIComponent(ref), fieldsOf('delivered')));
      expect(answer).toMatch(/^4/);
      expect(await everything()).toEqual(before);
    },
  );

  it('S-11: of another provider’s intent moves nothing, and stands in the log', async () => {
    expect(
      await courier.try('varde_courier', claim(101, { n: 1, class: 2, provider: 'second-route' })),
    ).toEqual([{ count: '1' }]);
    const [intent] = await door.database.query<{ ref: string }>(
      'select ref from delivery.attempt where recipient_id = 900',
    );
    const ref = intent?.ref ?? '';
    expect(await door.post(aReceipt(ref, fieldsOf('delivered')))).toBe('204');
    expect(await stateOf(900)).toBe('sending');
    expect(door.lines).toContainEqual(ignored(ref, 'another-provider'));
  });

  it('S-11: is found by an id of 128 bits, all of them random but the six that say so', async () => {
    const rows = await door.database.query<{ ref: string }>('select ref from delivery.attempt');
    const ids = rows.map(({ ref }) => ref.replaceAll('-', ''));
    expect(ids.every((hex) => /^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/.test(hex))).toBe(true);
    const bits = ids.map((hex) => BigInt(`0x${hex}`));
    const [ever, always] = [bits.reduce((a, b) => a | b, 0n), bits.reduce((a, b) => a & b)];
    // Of 200 ids each free bit is once 0 and once 1: by chance it is not in less than one of 10^57 runs.
    const free = (ever ^ always).toString(2).replaceAll('0', '').length;
    expect([rows.length > 200, free]).toEqual([true, 122]);
  });
});
