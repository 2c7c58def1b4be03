import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SystemFacts } from './world/global-setup';
import { allSinks } from './world/sinks';

const facts = JSON.parse(process.env.VARDE_ACCEPTANCE ?? '{}') as SystemFacts;

interface AddressKeys {
  readonly hmac: string;
  readonly keys: Readonly<Record<string, string>>;
}

/** Everything that this installation keeps secret. */
function secretsOf({ authToken, addressKeysFile }: SystemFacts): readonly string[] {
  const { hmac, keys } = JSON.parse(readFileSync(addressKeysFile, 'utf8')) as AddressKeys;
  return [authToken, hmac, ...Object.values(keys)];
}

/** As it is, in base64 wherever it stands, percent-encoded, and as bytes in hexadecimal. */
const waysToWrite = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').slice(0, -4),
  Buffer.from(secret).toString('hex'),
  Buffer.from(secret, 'base64').toString('hex'),
];

const shows = (text: string, secrets: readonly string[]): readonly string[] =>
  secrets.filter((secret) => waysToWrite(secret).some((way) => text.includes(way)));

/** What a running program was started with, as the kernel knows it. */
function environmentOf(program: string): string {
  const children = JSON.parse(readFileSync(join(facts.folder, 'children.json'), 'utf8')) as {
    name: string;
    pid: number;
  }[];
  const pid = children.find(({ name }) => name === program)?.pid;
  return readFileSync(`/proc/${pid}/environ`, 'utf8').replaceAll('\u0000', '\n');
}

describe('what a program holds', () => {
  it.each(['api', 'engine'])('S-35: the %s holds no provider’s secret and no key', (program) => {
    const environment = environmentOf(program);
    expect(environment).toContain('VARDE_DATABASE_URL=');
    expect(environment).not.toMatch(/TWILIO|SMTP|KEYS/);
    expect(shows(environment, secretsOf(facts))).toEqual([]);
  });

  it('S-35: the courier holds the provider’s secret, and the keys by the name of their file', () => {
    const environment = environmentOf('courier');
    expect(shows(environment, secretsOf(facts))).toEqual([facts.authToken]);
    expect(environment).toContain(`VARDE_ADDRESS_KEYS_FILE=${facts.addressKeysFile}`);
    expect(environment).not.toMatch(/KAFKA/);
  });

  it.each([
    ['api', ['varde_api', 'varde_gate']],
    ['engine', ['varde_engine']],
    ['courier', ['varde_courier']],
  ])('S-35, S-9: the %s signs in to the database as %j only', (program, roles) => {
    const found = [...environmentOf(program).matchAll(/postgres:\/\/(\w+)[:@]/g)].map(
      ([, role]) => role,
    );
    expect(found.sort()).toEqual(roles);
  });

  it('S-35: no key and no token of a provider lies in a table, a topic, Redis, a log or a figure', async () => {
    const found = (await allSinks(facts)).filter(
      ({ bytes }) => shows(bytes.toString('latin1'), secretsOf(facts)).length > 0,
    );
    expect(found.map(({ name }) => name)).toEqual([]);
  });
});

// Long and random, as real ones are; each stands in one place only, so that a leak says where it came from.
const planted = {
  database: 'pw-8c1f0e7db2a94c56',
  gate: 'pw-51d7a30c9e8f42bb',
  redis: 'pw-e3907bd1c64a4f28',
  smtp: 'pw-2ab64cf8d95e4170',
  token: 'tk-7f19c3ab5d804e62',
  previousToken: 'tk-90be27d1f3c84a57',
} as const;

const addressAt = (place: string): Readonly<Record<string, string>> => ({
  VARDE_DATABASE_URL: `postgres://varde_api:${planted.database}@${place}/varde`,
  VARDE_GATE_DATABASE_URL: `postgres://varde_gate:${planted.gate}@${place}/varde`,
  VARDE_IMPORT_DATABASE_URL: `postgres://varde_import:${planted.gate}@${place}/varde`,
  VARDE_REDIS_URL: `redis://:${planted.redis}@${place}`,
  VARDE_SMTP_URL: `smtp://varde:${planted.smtp}@${place}`,
  VARDE_KAFKA_BROKERS: place,
});
const nowhere = {
  ...addressAt('127.0.0.1:1'),
  VARDE_OIDC_ISSUER: 'http://127.0.0.1:1/oidc',
  VARDE_CALLBACK_URL: 'http://127.0.0.1:1',
  VARDE_TWILIO_URL: 'http://127.0.0.1:1',
  VARDE_TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  VARDE_TWILIO_AUTH_TOKEN: planted.token,
  VARDE_TWILIO_PREVIOUS_AUTH_TOKEN: planted.previousToken,
  VARDE_ADDRESS_KEYS_FILE: facts.addressKeysFile,
} as const;

interface Crash {
  readonly code: number;
  readonly said: string;
}

/** Starts a built program in an environment in which it cannot run. */
function crashOf(
  program: string,
  change: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<Crash> {
  const main = join(__dirname, `../../dist/apps/${program}/main.cjs`);
  const env = { PATH: process.env.PATH ?? '', TZ: 'UTC', HOME: tmpdir(), ...nowhere, ...change };
  return new Promise((done) => {
    execFile(
      process.execPath,
      ['--enable-source-maps', main, ...args],
      { env, timeout: 60_000 },
      (error, out, err) =>
        done({ code: typeof error?.code === 'number' ? error.code : 0, said: out + err }),
    );
  });
}

const programs = ['api', 'engine', 'courier'];
const sentence = /^[A-Z][^\n]{10,}/;
const liveAddress = new URL(facts.urls.gate).host;

describe('what a program says when it cannot start', () => {
  const secrets = [...Object.values(planted), ...secretsOf(facts)];
  const expectSilent = ({ code, said }: Crash, wanted: RegExp): void => {
    expect([code, said]).toEqual([expect.any(Number), expect.stringMatching(wanted)]);
    expect(code).not.toBe(0);
    expect(shows(said, secrets)).toEqual([]);
  };

  it.each(programs)('S-35: the %s, without a database, shows no secret', async (program) => {
    expectSilent(await crashOf(program, {}), sentence);
  });

  it.each(programs)('S-35: the %s, unknown to the database, shows no secret', async (program) => {
    const url = `postgres://varde_nobody:${planted.database}@${liveAddress}/varde`;
    expectSilent(await crashOf(program, { VARDE_DATABASE_URL: url }), sentence);
  });

  it.each(programs)(
    'S-35: the %s, with settings that are wrong, names them and shows none',
    async (program) => {
      const change = {
        [`VARDE_${program.toUpperCase()}_PORT`]: planted.database,
        VARDE_DATABASE_URL: `mysql://varde:${planted.database}@db.example/varde`,
      };
      expectSilent(
        await crashOf(program, change),
        /VARDE_DATABASE_URL: .*VARDE_|VARDE_DATABASE_URL/s,
      );
    },
  );

  it.each([
    ['api', { VARDE_DATABASE_URL: 'postgres://varde_api:changeme@127.0.0.1:1/varde' }],
    ['engine', { VARDE_REDIS_URL: 'redis://:changeme@127.0.0.1:1' }],
    ['courier', { VARDE_SMTP_URL: 'smtp://varde:changeme@127.0.0.1:1' }],
    ['courier', { VARDE_TWILIO_AUTH_TOKEN: 'changemechangeme' }],
  ])('S-35: the %s does not start with %j', async (program, change) => {
    const [name = ''] = Object.keys(change);
    const { code, said } = await crashOf(program, change);
    expect([code, said]).toEqual([1, expect.stringContaining(`${name}: holds a default secret`)]);
  });

  it('S-35: the courier, with a file of keys that is not right, shows nothing of the file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'varde-keys-'));
    const file = join(folder, 'keys.json');
    try {
      writeFileSync(file, `{"hmac": "${planted.database}"`, { mode: 0o600 });
      const url = facts.urls.gate.replace('varde_gate', 'varde_courier');
      const change = {
        VARDE_ADDRESS_KEYS_FILE: file,
        VARDE_DATABASE_URL: url,
        VARDE_REDIS_URL: facts.redis,
      };
      expectSilent(await crashOf('courier', change), /address keys is not right/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('S-35: the command line, without a database, shows no secret', async () => {
    const change = { VARDE_API_URL: 'http://127.0.0.1:1' };
    for (const args of [
      ['ledger', 'check'],
      ['db', 'migrate'],
      ['import', 'areas', 'nothing.geojson'],
    ])
      expectSilent(await crashOf('cli', change, args), /[a-z]{3,}/);
  });
});
