import { join } from 'node:path';
import type { ProgramPlan, Stack } from '@varde/local';
import type { Installation } from './installation';
import type { SandboxSecrets } from './settings';

/** Ports of the programs' doors. */
export interface Doors {
  readonly api: number;
  readonly engine: number;
  readonly courier: number;
  readonly sandbox: number;
  readonly smtp: number;
}

/** What the programs are started with. */
export interface ProgramSetting {
  readonly projectFolder: string;
  readonly stack: Stack;
  readonly installation: Installation;
  readonly secrets: SandboxSecrets;
  readonly doors: Doors;
  readonly prefix: string;
  /** Another Twilio-compatible peer on this machine in place of the sandbox. */
  readonly twilioUrl?: string | undefined;
  readonly smtpUrl?: string | undefined;
  /** More environment for a program, by its name: a test shortens a delay. */
  readonly extra?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  readonly restart: boolean;
}

/** The addresses that follow from the doors. */
export const addressesOf = (
  doors: Doors,
): { api: string; courier: string; sandbox: string; issuer: string; smtp: string } => ({
  api: `http://127.0.0.1:${doors.api}`,
  courier: `http://127.0.0.1:${doors.courier}`,
  sandbox: `http://127.0.0.1:${doors.sandbox}`,
  issuer: `http://127.0.0.1:${doors.sandbox}/oidc`,
  smtp: `smtp://127.0.0.1:${doors.smtp}`,
});

/** Names of the programs in the order in which they start. */
export const programNames = ['sandbox', 'engine', 'courier', 'api'] as const;
/** One of {@link programNames}. */
export type ProgramName = (typeof programNames)[number];

/** How each program is started: its own role, its own secrets, nothing of the others. */
export function programPlans(setting: ProgramSetting): Readonly<Record<ProgramName, ProgramPlan>> {
  const { installation, secrets, doors, stack } = setting;
  const addresses = addressesOf(doors);
  const kafka = { VARDE_KAFKA_BROKERS: stack.kafka.brokers.join(',') };
  const redis = { VARDE_REDIS_URL: stack.redis.url };
  const prefix = { VARDE_PREFIX: setting.prefix };
  const plan = (
    name: ProgramName,
    env: Readonly<Record<string, string>>,
    ready: string,
  ): ProgramPlan => ({
    name,
    command: process.execPath,
    args: ['--enable-source-maps', join(setting.projectFolder, `dist/apps/${name}/main.cjs`)],
    env: {
      NODE_ENV: 'production',
      TZ: 'UTC',
      PATH: process.env.PATH ?? '',
      ...env,
      ...setting.extra?.[name],
    },
    ready: { url: ready },
    restart: setting.restart,
    cwd: setting.projectFolder,
  });
  return {
    sandbox: plan(
      'sandbox',
      {
        SANDBOX_PORT: String(doors.sandbox),
        SANDBOX_SMTP_PORT: String(doors.smtp),
        SANDBOX_TWILIO_ACCOUNT_SID: secrets.accountSid,
        SANDBOX_TWILIO_AUTH_TOKEN: secrets.authToken,
        SANDBOX_DATABASE_URL: installation.urlFor('varde_sandbox'),
      },
      `${addresses.sandbox}/health`,
    ),
    engine: plan(
      'engine',
      {
        ...kafka,
        ...redis,
        ...prefix,
        VARDE_DATABASE_URL: installation.urlFor('varde_engine'),
        VARDE_ENGINE_PORT: String(doors.engine),
      },
      `http://127.0.0.1:${doors.engine}/health/ready`,
    ),
    courier: plan(
      'courier',
      {
        ...redis,
        ...prefix,
        VARDE_DATABASE_URL: installation.urlFor('varde_courier'),
        VARDE_COURIER_PORT: String(doors.courier),
        VARDE_CALLBACK_URL: addresses.courier,
        VARDE_TWILIO_URL: setting.twilioUrl ?? addresses.sandbox,
        VARDE_TWILIO_ACCOUNT_SID: secrets.accountSid,
        VARDE_TWILIO_AUTH_TOKEN: secrets.authToken,
        VARDE_SMTP_URL: setting.smtpUrl ?? addresses.smtp,
        VARDE_ADDRESS_KEYS_FILE: secrets.addressKeysFile,
      },
      `${addresses.courier}/health/ready`,
    ),
    api: plan(
      'api',
      {
        ...prefix,
        VARDE_DATABASE_URL: installation.urlFor('varde_api'),
        VARDE_GATE_DATABASE_URL: installation.urlFor('varde_gate'),
        VARDE_API_PORT: String(doors.api),
        VARDE_OIDC_ISSUER: addresses.issuer,
      },
      `${addresses.api}/health/ready`,
    ),
  };
}
