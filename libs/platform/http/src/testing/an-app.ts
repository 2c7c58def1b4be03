import { Module, type Type } from '@nestjs/common';
import { Health, logger, MetricsRegistry } from '@varde/platform-observability';
import { createHttpApp, type HttpApp, type HttpAppOptions } from '../http-app';
import { byRoleName, specNow } from './a-person';

/** What an app of a spec can be asked. */
export interface SpecApp extends HttpApp {
  readonly lines: Record<string, unknown>[];
  readonly health: Health;
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Posts JSON as a role. */
  post(path: string, body: unknown, role?: string): Promise<Response>;
}

/** Settings of an app of a spec, and where its log lines go. */
export function specOptions(lines: Record<string, unknown>[], health: Health): HttpAppOptions {
  return {
    about: { title: 'Varde', version: '1', description: 'For a spec.' },
    log: logger('spec', {
      level: 'debug',
      destination: {
        write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>),
      },
    }),
    metrics: new MetricsRegistry('spec'),
    health,
    clock: { now: () => specNow },
    authenticate: byRoleName,
    endsOnSignals: false,
  };
}

/** A program with these controllers, listening on a free port. */
export async function anApp(
  controllers: readonly Type[],
  given: Partial<HttpAppOptions> = {},
): Promise<SpecApp> {
  const lines: Record<string, unknown>[] = [];
  const health = given.health ?? new Health();
  const started = await createHttpApp(moduleOf(controllers), {
    ...specOptions(lines, health),
    port: 0,
    ...given,
  });
  const ask = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`${started.url}${path}`, init);
  return {
    ...started,
    lines,
    health,
    ask,
    post: (path, body, role = 'operations-centre') =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${role}` },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}

/** A module of nothing but controllers. */
export function moduleOf(controllers: readonly Type[]): Type {
  @Module({ controllers: [...controllers] })
  class SpecModule {}
  return SpecModule;
}
