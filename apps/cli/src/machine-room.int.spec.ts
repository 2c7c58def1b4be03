import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { instant } from '@varde/kernel';
import { freePort } from '@varde/local';
import { SessionStore } from '@varde/platform-auth';
import { KafkajsBus, type IncomingRecord } from '@varde/platform-kafka';
import { makeAddressKeysFile } from '@varde/platform-secrets';
import { aDatabase, aPrefix, brokers, type TestDatabase } from '@varde/testing';
import { runVarde, startVarde, type Ran } from './cli-process.fixture';
import { MeFile } from './me-file';

const ingrid = {
  person: 'ingrid.noc',
  subject: 'ingrid.noc',
  personId: '5a4db0c5-0000-4000-8000-000000000001',
  name: 'Ingrid Lunde',
  isByName: true,
};

let database: TestDatabase;
/** An address where nobody listens. */
let nowhere: string;
let issuer: string;
let folder: string;
let environment: Record<string, string>;

const varde = (args: readonly string[], change: Record<string, string> = {}): Promise<Ran> =>
  runVarde(args, { ...environment, ...change });
const sample = (): string => join(folder, 'sample');
const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'varde-cli-'));
  database = await aDatabase();
  nowhere = `127.0.0.1:${await freePort()}`;
  issuer = `http://${nowhere}/oidc`;
  const keys = join(folder, 'address-keys.json');
  makeAddressKeysFile(keys, '2026-11');
  environment = {
    HOME: folder,
    XDG_STATE_HOME: folder,
    VARDE_API_URL: `http://${nowhere}`,
    VARDE_OIDC_ISSUER: issuer,
    VARDE_KAFKA_BROKERS: nowhere,
    VARDE_IMPORT_DATABASE_URL: database.urlFor('varde_import'),
    VARDE_GATE_DATABASE_URL: database.urlFor('varde_gate'),
    VARDE_MIGRATE_DATABASE_URL: database.urlFor('varde_migrate'),
    VARDE_ADDRESS_KEYS_FILE: keys,
  };
  await varde(['sample', 'write', '--customers', '300', '--out', sample()]);
}, 120_000);

afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** What Ingrid may do by now; nothing, without a role. */
async function ingridIs(role?: string): Promise<void> {
  await ingridIsSignedIn();
  await database.query(
    'insert into identity.person (id, name) values ($1, $2) on conflict do nothing',
    [ingrid.personId, ingrid.name],
  );
  await database.query('delete from identity.person_role where person_id = $1', [ingrid.personId]);
  if (role !== undefined)
    await database.query('insert into identity.person_role (person_id, role) values ($1, $2)', [
      ingrid.personId,
      role,
    ]);
}

/** As "varde sign-in" leaves it: the token is good for long. */
async function ingridIsSignedIn(): Promise<void> {
  const state = join(folder, 'varde');
  new MeFile(state).keep({ ...ingrid, issuer });
  await new SessionStore(state).keep({
    issuer,
    clientId: 'varde-cli',
    person: ingrid.person,
    accessToken: 'not-looked-at',
    refreshToken: '',
    expiresAt: instant(Date.UTC(2100, 0, 1)),
  });
}

interface Imported {
  readonly files: readonly { what: string; keptCount: number; changedCount: number }[];
}

describe('import', () => {
  it('takes a world, and the same world again changes nothing', async () => {
    const first = await varde(['import', 'world', sample(), '--json']);
    expect(first).toMatchObject({ code: 0 });
    const { files } = JSON.parse(first.out) as Imported;
    expect(files.find(({ what }) => what === 'customers')?.keptCount).toBe(300);
    expect(first.err).toContain('customers: 300 rows read, 300 kept, 0 rejected.');
    expect(first.err).toContain('The incident side has learnt');

    const again = await varde(['import', 'world', sample(), '--json']);
    expect(again).toMatchObject({ code: 0 });
    const changed = (JSON.parse(again.out) as Imported).files.map((one) => one.changedCount);
    expect(changed).toEqual(files.map(() => 0));
    expect(again.err).not.toContain('The incident side has learnt');
  });

  it('keeps nothing of a dry run', async () => {
    const own = await aDatabase();
    try {
      const url = { VARDE_IMPORT_DATABASE_URL: own.urlFor('varde_import') };
      expect(await varde(['import', 'world', sample(), '--dry-run'], url)).toMatchObject({
        code: 0,
      });
      expect(await own.query('select from audience.customer')).toEqual([]);
    } finally {
      await own.drop();
    }
  });

  it('ends with 4 where a row was rejected, and says which and why', async () => {
    const file = join(folder, 'customers.csv');
    writeFileSync(file, readFileSync(join(sample(), 'customers.csv'), 'utf8'));
    appendFileSync(file, 'C-BAD,alien,XX,nb\n');
    const ran = await varde(['import', 'customers', file]);
    expect(ran.code).toBe(4);
    expect(ran.err).toMatch(/customers line \d+: /);
    expect(lastLine(ran.err)).toMatch(/^Done in part: 1 rows? rejected/);
    expect(ran.out).toMatch(/^customers: 300 kept, 0 changed, 1 rejected\n$/);
  });

  it('refuses a folder without a file of ours, in a sentence and its code', async () => {
    const ran = await varde(['import', 'world', join(folder, 'nowhere')]);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch(/holds none of .*\(world-empty\)\n$/);
  });

  it('refuses a file that breaks off after good rows, keeps nothing of it, and comes to an end', async () => {
    const areas = join(folder, 'cut.geojson');
    const whole = readFileSync(join(sample(), 'areas.geojson'), 'utf8');
    writeFileSync(areas, whole.slice(0, whole.length / 2));
    const cut = await varde(['import', 'areas', areas]);
    expect(cut).toMatchObject({ code: 1, out: '' });
    expect(cut.err).toMatch(/cut\.geojson is not JSON, or is cut off\. .*\(file-not-geojson\)\n$/);

    const customers = join(folder, 'latin.csv');
    const rows = Array.from({ length: 5_000 }, (_, i) => `latin-${i},private,NO,nb`);
    writeFileSync(customers, `${['customer_id,kind,country,language', ...rows].join('\n')}\n`);
    appendFileSync(customers, Buffer.from([0xe6, 0xf8, 0xe5, 0x0a]));
    const latin = await varde(['import', 'customers', customers]);
    expect(latin).toMatchObject({ code: 1, out: '' });
    expect(latin.err).toMatch(/latin\.csv is not UTF-8\. .*\(file-not-utf8\)\n$/);
    expect(
      await database.query(`select from audience.customer where customer_id like 'latin-%'`),
    ).toEqual([]);
  });

  it('gives the command that goes on after an interruption', async () => {
    const superuser = new Client({ connectionString: database.superuserUrl });
    await superuser.connect();
    try {
      await superuser.query('begin; lock table audience.customer in access exclusive mode');
      const { child, ended } = startVarde(['import', 'world', sample()], environment);
      while ((await waitingImports()) === 0) await database.query('select pg_sleep(0.05)');
      child.kill('SIGINT');
      expect(await ended).toMatchObject({ code: 130, out: '' });
    } finally {
      await superuser.end();
    }
    expect(await varde(['import', 'world', sample()])).toMatchObject({ code: 0 });
  });

  const waitingImports = async (): Promise<number> =>
    (
      await database.query(
        `select from pg_stat_activity where application_name = 'varde-cli-import' and wait_event_type = 'Lock'
            and datname = current_database()`,
      )
    ).length;
});

describe('the brake', () => {
  beforeEach(() => ingridIs('operations-centre'));
  afterAll(() => ingridIs('operations-centre'));

  const haltAll = ['dispatch', 'halt', '--scope', 'all'];
  const haltsBy = async (personId: string): Promise<number> =>
    (await database.query('select from delivery.gate_event where by_person = $1', [personId]))
      .length;

  it('DL-7: halts with API, sign-in service and Kafka down, and names who did it', async () => {
    await ingridIsSignedIn();
    const id = '0f0e0d0c-0000-4000-8000-000000000007';
    const ran = await varde(['dispatch', 'halt', id, '--reason', 'Wrong town.', '--json']);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out)).toEqual({
      scope: 'dispatch',
      id,
      isHalted: true,
      isReleaseAsked: false,
      counts: null,
    });
    expect(
      await database.query(
        `select g.halted, e.by_person, e.reason from delivery.gate g join delivery.gate_event e using (scope, id) where id = $1`,
        [id],
      ),
    ).toEqual([{ halted: true, by_person: ingrid.personId, reason: 'Wrong town.' }]);
  });

  it.each([
    ['only looks', 'viewer'],
    ['answers customers', 'agent'],
    ['has left', undefined],
  ] as const)(
    'S-7: refuses whoever holds no right to halt by now, such as a person who %s, and nothing is halted',
    async (_, role) => {
      await ingridIs(role);
      const before = await haltsBy(ingrid.personId);
      const ran = await varde(haltAll);
      expect(ran).toMatchObject({ code: 1, out: '' });
      expect(ran.err).toMatch(
        /^Ingrid Lunde has no right to halt\. Nothing was done.*\(right-missing\)\n$/,
      );
      expect(await haltsBy(ingrid.personId)).toBe(before);
    },
  );

  it.each([
    [
      'gone',
      'alter table identity.person_role rename to away',
      'alter table identity.away rename to person_role',
    ],
    [
      'not to be asked',
      'revoke usage on schema identity from varde_gate',
      'grant usage on schema identity to varde_gate',
    ],
  ])('S-39: halts all the same while the store of rights is %s', async (_, away, back) => {
    await database.query(away);
    try {
      expect(await varde(haltAll)).toMatchObject({ code: 0 });
    } finally {
      await database.query(back);
    }
  });

  it('asks nothing: no reason, no count, no terminal', async () => {
    const ran = await varde(['dispatch', 'halt', '--scope', 'all']);
    expect(ran).toMatchObject({ code: 0, err: 'The gate is shut.\n' });
    expect(ran.out).toMatch(/^Halted: everything, by Ingrid Lunde\. Nothing more leaves\.\n/);
  });

  it('takes no id that is none: whoever mistypes it must not think that it is halted', async () => {
    const ran = await varde(['dispatch', 'halt', 'NO-2026-0017', '--scope', 'incident']);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('--scope all');
  });

  it('needs to know who it is', async () => {
    const ran = await varde(['dispatch', 'halt', '--scope', 'all'], {
      XDG_STATE_HOME: join(folder, 'empty'),
    });
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.err).toContain('varde sign-in');
  });
});

describe('publish', () => {
  const events = join(__dirname, '../../../../shared/data/events');
  const files = [
    ['tmf642-alarm.example.json', 'network.alarms.tmf642'],
    ['ves7-fault.json', 'network.alarms.ves'],
    ['ves7-batch-two-domains.json', 'network.alarms.ves'],
    ['ves72-stnddefined.json', 'network.alarms.ves'],
  ] as const;

  it('puts each file of data/events onto the topic of its shape, byte for byte', async () => {
    const prefix = aPrefix().replaceAll('_', '-');
    const bus = new KafkajsBus({ brokers: brokers(), clientId: 'cli-spec', prefix, maxWaitMs: 50 });
    try {
      const topics = [...new Set(files.map(([, topic]) => topic))];
      await bus.ensureTopics(
        topics.map((topic) => ({ topic, partitions: 1, retentionMs: 3_600_000 })),
      );
      const kafka = { VARDE_KAFKA_BROKERS: brokers().join(','), VARDE_PREFIX: prefix };
      for (const [file, topic] of files) {
        const ran = await varde(['incident', 'publish', join(events, file), '--json'], kafka);
        expect(ran).toMatchObject({ code: 0 });
        expect(JSON.parse(ran.out)).toMatchObject({ topic });
      }
      const got = await taken(bus, topics, files.length);
      expect(got.map(({ value }) => value?.toString('utf8')).sort()).toEqual(
        files.map(([file]) => bytesOf(join(events, file))).sort(),
      );
    } finally {
      await bus.close();
    }
  });

  it('says which file it cannot read', async () => {
    const ran = await varde(['incident', 'publish', join(folder, 'none.json')]);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('none.json cannot be read');
  });

  it.each([
    [
      '{"alarmType": tru',
      /broken\.json: The value is not JSON at character 14;.*\(encoding-invalid\)\n$/,
    ],
    [
      '{"hello":"world"}',
      /broken\.json: The file looks like no dialect.*--source.*\(file-shape-unknown\)\n$/,
    ],
  ])('refuses what it cannot recognise, with the file’s name: %s', async (content, sentence) => {
    const file = join(folder, 'broken.json');
    writeFileSync(file, content);
    const ran = await varde(['incident', 'publish', file]);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch(sentence);
  });
});

function bytesOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`not measured: ${file} of data/events is absent`, { cause });
  }
}

async function taken(
  bus: KafkajsBus,
  topics: readonly string[],
  count: number,
): Promise<readonly IncomingRecord[]> {
  const all: IncomingRecord[] = [];
  let subscription: { stop(): Promise<void> } | undefined;
  await new Promise<void>((done, fail) => {
    bus
      .consume({
        group: 'cli-spec',
        topics,
        onDead: fail,
        onError: () => undefined,
        handle: async (records) => {
          all.push(...records);
          if (all.length >= count) done();
          return { kind: 'done', next: (records.at(-1)?.offset ?? -1n) + 1n };
        },
      })
      .then((one) => (subscription = one), fail);
  });
  await subscription?.stop();
  return all;
}

describe('what a command needs', () => {
  const scope = ['--country', 'NO', '--services', 'mobile-voice', '--areas', 'NO'];
  const raise = ['incident', 'raise', '--mode', 'ACTUAL', ...scope];

  it.each([
    ['the API', ['incident', 'list'], undefined, ''],
    ['the database of the import', ['import', 'world', '.'], 'IMPORT', 'varde_import'],
    ['the database of the brake', ['dispatch', 'halt', '--scope', 'all'], 'GATE', 'varde_gate'],
    ['the database of migrations', ['db', 'migrate'], 'MIGRATE', 'varde_migrate'],
    ['the sign-in service', ['sign-in', '--as', 'ingrid.noc'], undefined, ''],
  ])('ends with 3 and one sentence while %s is down', async (_, args, which, role) => {
    await ingridIsSignedIn();
    const url = `postgres://${role}@${nowhere}/varde`;
    const ran = await varde(args, which ? { [`VARDE_${which}_DATABASE_URL`]: url } : {});
    expect(ran).toMatchObject({ code: 3, out: '' });
    expect(ran.err).toMatch(/^[^\n]*does not answer[^\n]*\n$/);
  });

  it('ends with 2 and names the setting that is missing', async () => {
    const ran = await runVarde(['db', 'migrate'], {
      HOME: folder,
      VARDE_API_URL: `http://${nowhere}`,
    });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(/^VARDE_MIGRATE_DATABASE_URL is not set/);
  });

  it.each([
    [['incident', 'nonsense']],
    [['incident', 'raise', '--country', 'NO', '--services', 'sms']],
    [['incident', 'raise', '--mode', 'LIVE', '--country', 'NO', '--services', 'sms']],
    [['message', 'reject', 'x']],
    [['sample', 'write', '--customers', 'many', '--out', '.']],
    [['dispatch', 'halt']],
    [[...raise, '--started', '2026-11-25T03:12:00']],
    [[...raise, '--window', '2026-11-25T03:12:00+01:00']],
    [[...raise, '--malicious', 'perhaps']],
    [['dispatch', 'release', '--scope', 'all', '--live']],
    [['message', 'approve', '0f0e0d0c-0000-4000-8000-000000000007', '--live', '--reason', ' ']],
  ])('ends with 2 for %j, and does nothing', async (args) => {
    expect(await varde(args)).toMatchObject({ code: 2, out: '' });
  });
});

describe('db migrate', () => {
  it('does nothing to a schema that is the newest', async () => {
    const ran = await varde(['db', 'migrate', '--json']);
    expect(ran).toMatchObject({ code: 0, out: '{"migrations":[]}\n' });
  });
});
