import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import {
  choosePort,
  findProjectFolder,
  startStack,
  type Program,
  type Report,
  type Shutdown,
  type Stack,
} from '@varde/local';
import { people } from '../../apps/sandbox/src/oidc/people';
import { buildPrograms } from './build';
import { prepareInstallation, type Installation } from './installation';
import { addressesOf, programNames, programPlans, type Doors, type ProgramName } from './programs';
import { sandboxSecrets, type SandboxSecrets } from './settings';
import { makeWorld } from './world';

/** How a whole local Varde is wished. */
export interface SystemOptions {
  readonly name: string;
  /** True: a stack of its own in memory, fresh at each start and gone when it stops. */
  readonly throwAway: boolean;
  /** Listen where a person would look, if the ports are free. @defaultValue true for a stack that stays, false for one that is thrown away */
  readonly usualPorts?: boolean;
  /** Invented customers; 0 leaves the world empty. */
  readonly customers: number;
  readonly seed?: number;
  readonly holdSeconds?: number;
  readonly report: Report;
  readonly shutdown?: Shutdown;
  readonly twilioUrl?: string | undefined;
  readonly smtpUrl?: string | undefined;
  readonly restart?: boolean;
  readonly extra?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Which programs to start; default all. */
  readonly programs?: readonly ProgramName[];
}

/** A whole local Varde, running. */
export interface System {
  readonly stack: Stack;
  readonly installation: Installation;
  readonly secrets: SandboxSecrets;
  readonly doors: Doors;
  readonly addresses: ReturnType<typeof addressesOf>;
  readonly programs: Readonly<Record<string, Program>>;
  /** Where everything is; `npm run local -- status --json` answers the part of it that scripts may rely on. */
  readonly status: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

const wished = { postgres: 15432, redis: 16379, kafka: 19092 } as const;
const wishedDoors: Doors = { api: 3000, engine: 3001, courier: 3002, sandbox: 4100, smtp: 4125 };

/**
 * Starts everything on one machine: servers, database, invented world, programs. Each step is told in a plain line.
 *
 * @throws Error in one sentence; what had been started by then is stopped
 */
export async function startSystem(options: SystemOptions): Promise<System> {
  const { report } = options;
  const projectFolder = findProjectFolder();
  const build = buildPrograms(projectFolder);
  build.catch(() => undefined); // told when it is awaited below
  const stack = await startStack({
    name: options.name,
    throwAway: options.throwAway,
    report,
    ...(usual(options) ? { wishedPorts: wished } : {}),
    ...(options.shutdown ? { shutdown: options.shutdown } : {}),
  });
  try {
    const installation = await prepareInstallation(stack, {
      name: options.name,
      holdSeconds: options.holdSeconds ?? 5,
    });
    report('Database ready: roles, schemas, guards.');
    const secrets = sandboxSecrets(stack.folder);
    const doors = await chooseDoors(options);
    const addresses = addressesOf(doors);
    const folder = join(stack.folder, 'sample');
    mkdirSync(folder, { recursive: true });
    await makeWorld({
      installation,
      folder,
      people,
      report,
      addressKeysFile: secrets.addressKeysFile,
      customers: options.customers,
      seed: options.seed ?? 1,
      issuer: addresses.issuer,
    });
    await build;
    const plans = programPlans({
      projectFolder,
      stack,
      installation,
      secrets,
      doors,
      prefix: '',
      twilioUrl: options.twilioUrl,
      smtpUrl: options.smtpUrl,
      extra: options.extra,
      restart: options.restart ?? true,
    });
    const wanted = programNames.filter((name) => options.programs?.includes(name) ?? true);
    const programs = Object.fromEntries(
      await Promise.all(
        wanted.map(async (name) => [name, await stack.startProgram(plans[name])] as const),
      ),
    );
    report(`Programs ready: ${wanted.join(', ')}.`);
    const engine = `http://127.0.0.1:${doors.engine}`;
    const status = whereIs(stack, { ...addresses, engine }, secrets, installation);
    stack.announce(status);
    return {
      stack,
      installation,
      secrets,
      doors,
      addresses,
      programs,
      status,
      stop: () => stack.stop(),
    };
  } catch (cause) {
    await build.catch(() => undefined);
    await stack.stop();
    throw cause;
  }
}

const usual = (options: SystemOptions): boolean => options.usualPorts ?? !options.throwAway;

async function chooseDoors(options: SystemOptions): Promise<Doors> {
  const entries: [string, number][] = [];
  for (const [name, port] of Object.entries(wishedDoors) as [string, number][]) {
    const chosen = await choosePort(usual(options) ? port : 0);
    if (usual(options) && chosen.port !== port)
      options.report(`Port ${port} is taken, so ${name} listens on ${chosen.port}.`);
    entries.push([name, chosen.port]);
  }
  return Object.fromEntries(entries) as unknown as Doors;
}

const whereIs = (
  stack: Stack,
  addresses: ReturnType<typeof addressesOf> & { readonly engine: string },
  secrets: SandboxSecrets,
  installation: Installation,
): Record<string, unknown> => ({
  api: addresses.api,
  engine: addresses.engine,
  courier: addresses.courier,
  sandbox: addresses.sandbox,
  issuer: addresses.issuer,
  smtp: addresses.smtp,
  postgres: installation.urlFor('varde_reporting'),
  redis: stack.redis.url,
  kafka: stack.kafka.brokers.join(','),
  databaseUrls: {
    migrate: installation.urlFor('varde_migrate'),
    import: installation.urlFor('varde_import'),
    gate: installation.urlFor('varde_gate'),
  },
  addressKeysFile: secrets.addressKeysFile,
  twilio: {
    accountSid: secrets.accountSid,
    authToken: secrets.authToken,
    callbackUrl: `${addresses.courier}/callbacks/sms`,
  },
});
