import { startSystem, type System } from '../../../tools/system/system';

/** What the stories know of the running system; handed over in the environment, since Jest runs them in other contexts. */
export interface SystemFacts {
  readonly api: string;
  readonly issuer: string;
  readonly sandbox: string;
  readonly brokers: readonly string[];
  readonly redis: string;
  readonly folder: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly addressKeysFile: string;
  readonly urls: Readonly<Record<'import' | 'gate' | 'superuser', string>>;
  readonly callbackUrl: string;
  readonly engine: string;
}

declare global {
  var vardeSystem: System | undefined;
}

/** Starts one whole Varde for all stories: real servers, real programs, an empty world. */
export default async function globalSetup(): Promise<void> {
  const lines: string[] = [];
  const system = await startSystem({
    name: 'acceptance',
    throwAway: true,
    customers: 0,
    holdSeconds: 30,
    report: (line) => lines.push(line),
  }).catch((cause: unknown) => {
    throw new Error(`The system did not start:\n${lines.join('\n')}`, { cause });
  });
  globalThis.vardeSystem = system;
  process.env.VARDE_ACCEPTANCE = JSON.stringify(factsOf(system));
}

/** What is handed over of a running system. */
export const factsOf = (system: System): SystemFacts => ({
  api: system.addresses.api,
  issuer: system.addresses.issuer,
  sandbox: system.addresses.sandbox,
  brokers: system.stack.kafka.brokers,
  redis: system.stack.redis.url,
  folder: system.stack.folder,
  accountSid: system.secrets.accountSid,
  authToken: system.secrets.authToken,
  addressKeysFile: system.secrets.addressKeysFile,
  urls: {
    import: system.installation.urlFor('varde_import'),
    gate: system.installation.urlFor('varde_gate'),
    superuser: system.stack.postgres.superuserUrl('varde'),
  },
  callbackUrl: system.addresses.courier,
  engine: `http://127.0.0.1:${system.doors.engine}`,
});
