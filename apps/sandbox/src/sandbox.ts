import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@varde/platform-time';
import { TestClock } from './clock/test-clock';
import { controlRoutes } from './control/control-routes';
import { router, type Route } from './http/router';
import { interactionRoutes } from './oidc/interaction';
import { Issuer, issuerPath } from './oidc/issuer';
import { people, type Person } from './oidc/people';
import { pageRoutes } from './page/page-routes';
import type { SandboxConfig } from './sandbox.config';
import { SmtpDouble } from './smtp/smtp-double';
import { TwilioDouble } from './twilio/twilio-double';
import type { World } from './world';

/** The outside world while it runs. */
export interface Sandbox {
  /** Address of the page, the Messages API and the control routes, without a slash at the end. */
  readonly url: string;
  readonly issuer: string;
  readonly smtpPort: number;
  /** Ends it: connections are cut, receipts that still wait are gone. */
  close(): Promise<void>;
}

const loopback = '127.0.0.1';

/** Starts the outside world on loopback. @throws Error for a port that is taken and for people that are not known */
export async function startSandbox(config: SandboxConfig): Promise<Sandbox> {
  const server = createServer({ keepAliveTimeout: 60_000 });
  const smtp = new SmtpDouble(systemClock);
  try {
    const port = await listen(server, config.SANDBOX_PORT).catch(takenPort('SANDBOX_PORT'));
    const smtpPort = await smtp
      .listen(config.SANDBOX_SMTP_PORT)
      .catch(takenPort('SANDBOX_SMTP_PORT'));
    const url = (config.SANDBOX_PUBLIC_URL ?? `http://${loopback}:${port}`).replace(/\/$/, '');
    const issuerUrl = config.SANDBOX_ISSUER ?? `${url}${issuerPath}`;
    const world = await makeWorld(config, issuerUrl, smtp);
    server.on('request', router(routesOf(world)));
    return { url, issuer: issuerUrl, smtpPort, close: () => closeAll(server, world) };
  } catch (error) {
    server.close();
    await smtp.close();
    throw error;
  }
}

async function makeWorld(
  config: SandboxConfig,
  issuerUrl: string,
  smtp: SmtpDouble,
): Promise<World> {
  // The outside world keeps real time: receipts, tokens and caps do not obey the movable clock, nor would a provider's.
  const clock = systemClock;
  return {
    clock,
    smtp,
    twilio: new TwilioDouble({
      accountSid: config.SANDBOX_TWILIO_ACCOUNT_SID,
      authToken: config.SANDBOX_TWILIO_AUTH_TOKEN,
      clock,
    }),
    issuer: await Issuer.start({ issuer: issuerUrl, people: chosen(config.SANDBOX_PEOPLE), clock }),
    testClock:
      config.SANDBOX_DATABASE_URL === undefined
        ? undefined
        : new TestClock(config.SANDBOX_DATABASE_URL),
  };
}

function chosen(names: string | undefined): readonly Person[] {
  if (names === undefined) return people;
  return names.split(',').map((name) => {
    const found = people.find(({ accountName }) => accountName === name.trim());
    if (!found) throw new Error(`SANDBOX_PEOPLE: nobody is called "${name.trim()}" in people.ts.`);
    return found;
  });
}

/** The busiest first: routes are tried in this order. */
const routesOf = (world: World): Route[] => [
  ...world.twilio.routes(),
  ...interactionRoutes(world.issuer),
  ...['GET', 'POST', 'OPTIONS', 'DELETE', 'PUT'].map((method) => issuerRoute(method, world.issuer)),
  ...controlRoutes(world),
  ...pageRoutes(world),
];

const issuerRoute = (method: string, issuer: Issuer): Route => ({
  method,
  path: new RegExp(`^${issuerPath}(/.*)?$`),
  handle: ({ request, response }) => issuer.handle(request, response),
});

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Says a taken port in words, with the setting to change; anything else stays what it is. */
const takenPort =
  (setting: string) =>
  (cause: NodeJS.ErrnoException & { port?: number }): never => {
    if (cause.code !== 'EADDRINUSE') throw cause;
    throw new Error(
      `Port ${cause.port} on ${loopback} is taken: stop what listens there, or set ${setting} to another port or 0.`,
      { cause },
    );
  };

async function closeAll(server: Server, { twilio, smtp }: World): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await Promise.all([closed, twilio.close(), smtp.close()]);
}
