import { HttpException, Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyServerOptions } from 'fastify';
import type { Clock } from '@varde/kernel';
import {
  correlationOf,
  NestLogger,
  type Health,
  type Log,
  type MetricsRegistry,
} from '@varde/platform-observability';
import { AccessGuard, type Authenticate } from './access.guard';
import { DocsController, type Docs } from './docs.http.controller';
import { HealthController } from './health.http.controller';
import { MetricsController } from './metrics.http.controller';
import { openApiDocument, type ApiTitle } from './open-api';
import { ParsedPipe } from './parsed.pipe';
import { ProblemFilter } from './problem.filter';
import { followRequests } from './request-log';
import { routeTable } from './route-table';
import { addSecurityHeaders } from './security-headers';
import { checkRoutes, type RouterEntry } from './start-up-check';
import { docsToken, healthToken, metricsToken } from './tokens';

/** What a program with an HTTP door needs. */
export interface HttpAppOptions {
  readonly about: ApiTitle;
  readonly log: Log;
  readonly metrics: MetricsRegistry;
  readonly health: Health;
  /** The real clock, by which the freshness of a sign-in is judged. */
  readonly clock: Clock;
  /** How a sign-in is checked. Without it the program may have public routes only. */
  readonly authenticate?: Authenticate;
  /** Keeps the bytes of each body beside the parsed one, for signatures over them. @defaultValue false */
  readonly rawBody?: boolean;
  /** Largest body in bytes. @defaultValue 262144 */
  readonly bodyLimitBytes?: number;
  /** Does the outside reach us by https? Then browsers are told to stay there. @defaultValue false */
  readonly behindHttps?: boolean;
  /** Which errors mean "not at the moment": a lost database connection. They become 503 instead of 500. */
  readonly isUnavailable?: (cause: unknown) => boolean;
  /** Ends with SIGTERM and SIGINT, saying "going" at once. @defaultValue true */
  readonly endsOnSignals?: boolean;
}

/** Where a program listens. */
export interface HttpAddress {
  /** 0 takes any free one. */
  readonly port: number;
  /** @defaultValue 127.0.0.1 */
  readonly host?: string;
}

/** A program that listens. */
export interface HttpApp {
  readonly app: NestFastifyApplication;
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  /** Finishes what is under way and ends. */
  close(): Promise<void>;
}

@Module({})
class HttpRoot {}

/**
 * Builds the program's HTTP door and checks it, without listening: for the documents that are generated from it.
 *
 * @throws RoutesUnfit
 */
export async function prepareHttpApp(
  module: Type | DynamicModule,
  options: HttpAppOptions,
): Promise<NestFastifyApplication> {
  const filter = new ProblemFilter(options.log, options.isUnavailable ?? (() => false));
  const adapter = adapterFor(options, filter);
  const router: RouterEntry[] = [];
  adapter.getInstance().addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') router.push({ method: one, path: url });
  });
  addSecurityHeaders(adapter.getInstance(), options.behindHttps ?? false);
  followRequests(adapter.getInstance(), options.log, options.metrics);
  const docs: Docs = {};
  const app = await NestFactory.create<NestFastifyApplication>(
    rootOf(module, options, docs),
    adapter,
    {
      logger: new NestLogger(options.log),
      rawBody: options.rawBody ?? false,
      abortOnError: false,
    },
  );
  app.useGlobalPipes(new ParsedPipe());
  app.useGlobalGuards(new AccessGuard(options.authenticate, options.clock));
  app.useGlobalFilters(filter);
  await app.init();
  try {
    const routes = routeTable(app);
    checkRoutes({ routes, router, canAuthenticate: options.authenticate !== undefined });
    docs.document = openApiDocument(app, options.about);
    return app;
  } catch (cause) {
    await app.close();
    throw cause;
  }
}

/**
 * Starts the program's HTTP door on Fastify: strict parsing, problem documents, a rule on every route, security headers, one log
 * line per request, `/health`, `/metrics`, `/docs`.
 *
 * @throws RoutesUnfit; Error in one sentence when the port is taken
 * @source S-5, S-6, S-37, S-38; `recipes.md` §3
 */
export async function createHttpApp(
  module: Type | DynamicModule,
  options: HttpAppOptions & HttpAddress,
): Promise<HttpApp> {
  const app = await prepareHttpApp(module, options);
  const { port, host = '127.0.0.1', health } = options;
  const going = (): void => health.goes();
  // Before Nest's own hooks: modules are told to end one after another, and the load balancer should know at once.
  const signals = options.endsOnSignals === false ? [] : (['SIGTERM', 'SIGINT'] as const);
  for (const signal of signals) process.once(signal, going);
  // Code 0 says that everything was ended in good order (DL-12); without it Nest dies of the signal, as a program without hooks would.
  if (signals.length > 0) app.enableShutdownHooks([], { useProcessExit: true });
  const close = async (): Promise<void> => {
    health.goes();
    for (const signal of signals) process.off(signal, going);
    await app.close();
  };
  try {
    await app.listen(port, host);
  } catch (cause) {
    await close();
    throw portProblem(cause, host, port);
  }
  const address = app.getHttpServer().address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
  options.log.info('http.listens', { url });
  return { app, url, close };
}

function adapterFor(options: HttpAppOptions, filter: ProblemFilter): FastifyAdapter {
  const settings: FastifyServerOptions = {
    bodyLimit: options.bodyLimitBytes ?? 262_144,
    trustProxy: false,
    genReqId: (request) => {
      const header = request.headers['traceparent'];
      return correlationOf(typeof header === 'string' ? header : undefined);
    },
    frameworkErrors: (cause, request, reply) => filter.answer(badAddress(cause), request, reply),
  };
  return new FastifyAdapter(settings);
}

function rootOf(module: Type | DynamicModule, options: HttpAppOptions, docs: Docs): DynamicModule {
  return {
    module: HttpRoot,
    imports: [module],
    controllers: [HealthController, MetricsController, DocsController],
    providers: [
      { provide: healthToken, useValue: options.health },
      { provide: metricsToken, useValue: options.metrics },
      { provide: docsToken, useValue: docs },
    ],
  };
}

function portProblem(cause: unknown, host: string, port: number): unknown {
  const { code } = cause as { code?: string };
  if (code === 'EADDRINUSE') {
    return new Error(
      `Port ${port} on ${host} is taken by another program. End that program, or choose another port.`,
      { cause },
    );
  }
  if (code === 'EACCES')
    return new Error(
      `Port ${port} on ${host} may not be used by this user. Choose one above 1023.`,
      { cause },
    );
  return cause;
}

// What the router itself refuses, before any route: an address that cannot be decoded, or is too long.
const badAddress = (cause: { readonly statusCode?: number }): HttpException =>
  new HttpException('bad address', cause.statusCode ?? 400);
