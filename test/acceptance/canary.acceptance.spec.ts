import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { request } from 'undici';
import { until } from '../../tools/system/until';
import type { SystemFacts } from './world/global-setup';
import { allSinks } from './world/sinks';
import { refusalOf, story, type Scene } from './world/story';
import type { Town } from './world/town';
import { formsOf, tracesIn, type Canary, type Sink } from './world/traces';

/** What befalls each of them; the mailbox of whoever has a phone is imported too, and not written to. */
const smsMoods = {
  hospital: {},
  family: { receipts: 'twice' },
  throttled: { times: 1, answer: '429' },
  broken: { times: 1, answer: '500-before' },
  taken: { times: 1, answer: '500-after' },
  hanging: { times: 1, answer: 'hang-after' },
  cut: { times: 1, answer: 'reset-after' },
  refused: { answer: 'refuse', refuseCode: 21211 },
  forged: { times: 1, receipts: 'forged' },
  unreached: { statuses: ['sent', 'undelivered'], errorCode: 30005 },
  exercised: {},
} as const;
const mailMoods = {
  reader: {},
  bounced: { refuseAt: 'rcpt', refuseWith: 550 },
  greylisted: { times: 1, refuseAt: 'rcpt', refuseWith: 450 },
  dropped: { times: 1, drop: 'after-dot-taken' },
} as const;

const canaryOf = (name: string, n: number): Canary => ({
  name,
  phone: `+47938471${String(n).padStart(2, '0')}`,
  email: `kanari7q9z${String(n).padStart(2, '0')}x@fuglebur.example`,
});
const smsBirds = Object.keys(smsMoods).map((name, i) => canaryOf(name, 11 + i));
const mailBirds = Object.keys(mailMoods).map((name, i) => canaryOf(name, 41 + i));
const typist = canaryOf('in a bad row of a file', 61);
const prober = canaryOf('in requests of strangers', 62);
const customers = [...smsBirds, ...mailBirds, typist, prober];
/**
 * How many messages the outside world takes from us for each: start and end by SMS; by mail, which runs through this fault, the
 * end. Whoever did not hear of the start is not told of the end.
 */
const messagesWanted = {
  ...{ hospital: 2, family: 2, throttled: 2, broken: 2, taken: 2, hanging: 2, cut: 2, forged: 2 },
  ...{ refused: 0, unreached: 1, exercised: 0 },
  ...{ reader: 1, bounced: 0, greylisted: 1, dropped: 1 },
};

/** Stands in a source's own events, which we keep with their bytes where they are put aside, and nowhere else. */
const source = canaryOf('in a poisoned event', 71);
const deadLetters = 'topic network.incidents.dead-letter';
const ownBytes = [
  'table incident.dead_letter',
  // The key and headers of every record that came in, good or bad: a repeat is known by them.
  'table incident.inbox_record',
  'topic network.incidents',
  deadLetters,
];

story(
  'S-27: canary people go through every path, failures too, and no sink holds their number or mailbox',
  async (scene) => {
    await setMoods(scene);
    const town = await scene.town([
      ...smsBirds.map(({ name, phone, email }) => ({
        ...{ id: name, phone, email, isExercise: name === 'exercised' },
        ...(name === 'hospital' ? { kind: 'business', society: 'hospital' } : {}),
        ...(name === 'family' ? { agreement: 'bronze', reportEmail: email } : {}),
      })),
      ...mailBirds.map(({ name, email }) => ({ id: name, email })),
    ] as Parameters<Scene['town']>[0]);
    try {
      const live = await outage(scene, town);
      const exercise = await anExercise(scene, town);
      const said = [
        await importedWithBadRow(scene.facts),
        ...(await answersOf(scene, live)),
        ...(await answersOf(scene, exercise)),
      ];
      await poisonedEvents(scene);
      await requestsOfStrangers(scene);
      expect(await messagesTaken(scene)).toEqual(messagesWanted);

      const sinks = [...(await allSinks(scene.facts)), ...said];
      expect(tracesIn(sinks, customers)).toEqual([]);
      const places = tracesIn(sinks, [source]).map((line) => line.split(':')[0] ?? '');
      expect([...new Set(places)].sort()).toEqual(ownBytes);
    } finally {
      await scene.sandbox.put('/control/moods/email', {});
    }
  },
);

describe('the search', () => {
  const planted = canaryOf('planted', 99);
  const factsNow = (): SystemFacts =>
    JSON.parse(process.env.VARDE_ACCEPTANCE ?? '{}') as SystemFacts;

  it.each(formsOf(planted).map((form) => [form.name, form.text]))(
    'S-27: finds a canary as %s, in the middle of other bytes',
    (name, text) => {
      const bytes = Buffer.from(`\u0000{"x":"*${text}*"}\u00ff`);
      expect(tracesIn([{ name: 'here', bytes }], [planted])).toContain(`here: planted, ${name}`);
    },
  );

  it.each([0, 1, 2, 3])(
    'S-27: finds it in base64 of something longer, after %i bytes',
    (before) => {
      const whole = Buffer.from(`${'x'.repeat(before)}${planted.phone} ${planted.email} and more`);
      for (const written of [whole.toString('base64'), whole.toString('hex')])
        expect(tracesIn([{ name: 'here', bytes: Buffer.from(written) }], [planted])).toHaveLength(
          2,
        );
    },
  );

  it('S-27: does not take a longer row of digits for a number', () => {
    const bytes = Buffer.from('{"at":1764093847199,"offset":"93847199000","hash":"ab93847199"}');
    expect(tracesIn([{ name: 'here', bytes }], [planted])).toEqual([]);
  });

  it('S-27: reads Redis, topics, tables, logs and figures, and finds a canary that is planted in them', async () => {
    const facts = factsNow();
    const redis = new Redis(facts.redis);
    const client = new Client({ connectionString: facts.urls.superuser });
    await client.connect();
    const log = join(facts.folder, 'logs', 'planted.log');
    try {
      await redis.hset('planted', 'data', JSON.stringify({ to: planted.phone }));
      await client.query('create table public.planted as select $1::bytea as bytes', [
        Buffer.from(planted.email),
      ]);
      appendFileSync(log, `GET /v1/people?phone=${encodeURIComponent(planted.phone)}\n`);
      const sinks = await allSinks(facts);
      const found = tracesIn(sinks, [planted]);
      expect(found).toEqual(
        expect.arrayContaining([
          'log planted.log: planted, number with its country',
          'redis hash planted: planted, number with its country',
          'table public.planted: planted, mailbox in hexadecimal',
        ]),
      );
      expect(found.some((line) => line.startsWith('redis file appendonly'))).toBe(true);
      expectWholeReading(sinks);
    } finally {
      await redis.del('planted');
      redis.disconnect();
      await client.query('drop table if exists public.planted');
      await client.end();
      rmSync(log, { force: true });
    }
  });
});

/** An empty sink proves nothing: each kind must hold what is known to be there. */
function expectWholeReading(sinks: readonly Sink[]): void {
  const holds = (name: string, text: string): boolean =>
    sinks.some((sink) => sink.name === name && sink.bytes.includes(text));
  expect({
    topic: holds('topic incident.events', 'incident.declared.v1'),
    table: holds('table audience.customer', 'hospital'),
    courier: holds('log courier.log', '"program":"courier"'),
    engine: holds('log engine.log', '"program":"engine"'),
    api: holds('log api.log', 'http.answered'),
    figures: holds('metrics courier', 'varde_'),
    jobs: sinks.some(({ name }) => name.startsWith('redis hash varde:')),
  }).toEqual({
    topic: true,
    table: true,
    courier: true,
    engine: true,
    api: true,
    figures: true,
    jobs: true,
  });
}

async function setMoods({ sandbox }: Scene): Promise<void> {
  const rulesOf = (birds: readonly Canary[], moods: object, address: 'phone' | 'email'): object[] =>
    birds.map((bird) => ({
      to: bird[address],
      ...(moods as Readonly<Record<string, object>>)[bird.name],
    }));
  await sandbox.put('/control/moods/sms', { rules: rulesOf(smsBirds, smsMoods, 'phone') });
  await sandbox.put('/control/moods/email', { rules: rulesOf(mailBirds, mailMoods, 'email') });
}

/** Declared, drafted, edited, approved, halted, released by two, sent, resolved, told of the end. @returns its id */
async function outage(scene: Scene, town: Town): Promise<string> {
  const { incidentId, number } = await scene.reports({ reference: 'CANARY-1', areas: town.areas });
  const dispatches = await scene.approved(await scene.drafts(incidentId));
  const gate = { scope: 'dispatch', id: dispatches.at(-1)?.dispatchId };
  await scene.crisis.post('/gates/halt', { ...gate, reason: 'Something looks wrong.' });
  await scene.crisis.post('/gates/ask-release', { ...gate, reason: 'It was right.' });
  await scene
    .person('erik.crisis')
    .post('/gates/release', { ...gate, reason: 'Read and agreed.' }, true);
  await cameToRest(scene, incidentId);
  await scene.noc.post(`/incidents/${number}/resolve`, { reason: 'Measured on site.' });
  await scene.approved(await scene.drafts(incidentId));
  await cameToRest(scene, incidentId);
  return incidentId;
}

async function anExercise(scene: Scene, town: Town): Promise<string> {
  await scene.crisis.post('/exercises/start', { country: 'NO' });
  try {
    const { incidentId } = await scene.reports({
      ...{ reference: 'CANARY-EXERCISE', areas: town.areas, mode: 'exercise' },
    });
    await scene.approved(await scene.drafts(incidentId));
    await cameToRest(scene, incidentId);
    return incidentId;
  } finally {
    await scene.crisis.post('/exercises/end', { country: 'NO' });
  }
}

/** Time passes until no row is open: what was deferred is tried again, what is unknown is looked up. A call under way is let end. */
async function cameToRest(scene: Scene, incidentId: string): Promise<void> {
  await until('every row to end', async () => {
    const dispatches = await scene.dispatches(incidentId);
    const isSending = dispatches.some(({ lanes }) => lanes.some(({ states }) => states.sending));
    const { lines } = await scene.ledger(incidentId);
    // Only an SMS can be looked up; a mail whose fate is unknown stays so.
    const isOver = lines.every(
      (line) => line.open === 0 && (line.channel === 'email' || line.unknown === 0),
    );
    if (isOver && lines.length > 0 && dispatches.every((one) => one.isPlanned)) return true;
    if (!isSending) await scene.clock.forward({ seconds: 31 });
    return false;
  });
}

/** The canaries did go out: how much each phone, or mailbox, got of the start and the end. */
async function messagesTaken({ sandbox }: Scene): Promise<Readonly<Record<string, number>>> {
  const taken: Record<string, number> = {};
  for (const { name, phone, email } of [...smsBirds, ...mailBirds]) {
    const [kind, to] = name in mailMoods ? ['email', email] : ['sms', phone];
    const path = `/control/ledger?kind=${kind}&to=${encodeURIComponent(to ?? '')}`;
    taken[name] = (await sandbox.get<{ acceptedFor: number }>(path)).acceptedFor;
  }
  return taken;
}

/** What a person in the machine room reads when a row of a file is bad. */
async function importedWithBadRow({ urls, addressKeysFile }: SystemFacts): Promise<Sink> {
  const folder = mkdtempSync(join(tmpdir(), 'varde-canary-'));
  const file = join(folder, 'contacts.csv');
  const national = typist.phone.slice(3);
  writeFileSync(
    file,
    [
      'contact_id,customer_id,role,sms,email',
      `bad-1,nobody,subscriber,${typist.phone}0000000,${typist.email}@twice`,
      `bad-2,nobody,subscriber,${typist.phone},${typist.email}`,
      `bad-3,nobody,technician,${national},"${typist.email}, other@customer.example"`,
    ].join('\n'),
  );
  try {
    const args = [join(__dirname, '../../dist/apps/cli/main.cjs'), 'import', 'contacts', file];
    const env = {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      VARDE_IMPORT_DATABASE_URL: urls.import,
      VARDE_ADDRESS_KEYS_FILE: addressKeysFile,
    };
    const said = await new Promise<string>((done) => {
      execFile(process.execPath, args, { env }, (_error, out, err) => done(`${out}\n${err}`));
    });
    expect(said).toMatch(/3 rejected/);
    return { name: 'what the command line said', bytes: Buffer.from(said) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything that the API shows of an incident. */
async function answersOf(scene: Scene, incidentId: string): Promise<readonly Sink[]> {
  const paths = [
    `/incidents/${incidentId}`,
    `/messages?incident=${incidentId}`,
    `/dispatches?incident=${incidentId}`,
    `/ledger?incident=${incidentId}`,
    '/intake/status',
    '/intake/dead-letters',
  ];
  const admin = scene.person('tuva.admin');
  return Promise.all(
    paths.map(async (path) => ({
      name: `answer of ${path}`,
      bytes: Buffer.from(
        JSON.stringify(await (path.startsWith('/intake') ? admin : scene.noc).get<object>(path)),
      ),
    })),
  );
}

/** Events that are refused, with the canary in every field that a refusal could quote. */
async function poisonedEvents(scene: Scene): Promise<void> {
  const { phone, email } = source;
  const admin = scene.person('tuva.admin');
  const waiting = async (): Promise<number> =>
    (await admin.get<{ deadLetters: object[] }>('/intake/dead-letters')).deadLetters.length;
  const before = await waiting();
  const headers = {
    ce_specversion: '1.0',
    ce_source: '/noc/no/desk',
    ce_type: 'network.incident.reported.v1',
    ce_time: scene.clock.now().toISOString(),
    'content-type': 'application/json',
  };
  const values = [
    `{"reference": "${phone}", "note": "${email}"`,
    JSON.stringify({ reference: phone, action: email, country: phone, kind: email }),
    JSON.stringify({ reference: { [phone]: email }, severity: [phone, email] }),
  ];
  await scene.network.publishes(
    values.map((value, n) => ({
      topic: 'network.incidents',
      key: phone,
      headers: { ...headers, ce_id: `canary-${n}`, ce_subject: email },
      value: Buffer.from(value),
    })),
  );
  await until('the poison to be put aside', async () => (await waiting()) === before + 3);
  await until('the poison to be published', async () =>
    tracesIn(await allSinks(scene.facts), [source]).some((line) => line.startsWith(deadLetters)),
  );
}

/** A canary in the path, the query and the body of requests, and in callbacks that nobody signed. */
async function requestsOfStrangers(scene: Scene): Promise<void> {
  const { phone, email } = prober;
  const place = encodeURIComponent(phone);
  for (const path of [`/incidents/${place}`, `/messages?incident=${place}`, `/people/${email}`])
    expect((await refusalOf(scene.noc.get(path))).status).toBeGreaterThanOrEqual(400);
  const body = { [email]: phone, reason: { to: phone } };
  await refusalOf(scene.author.post(`/messages/${place}/edit`, body));
  const form = new URLSearchParams({ To: phone, MessageStatus: 'delivered', From: email });
  for (const ref of ['00000000-0000-4000-8000-0000000000ff', place]) {
    const answer = await request(`${scene.facts.callbackUrl}/callbacks/sms/${ref}?to=${place}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': 'AAAA',
        'user-agent': email,
      },
      body: form.toString(),
    });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    await answer.body.dump();
  }
}
