import { randomUUID } from 'node:crypto';
import { messageView, type AudienceResolved, type ShownMessage } from '@varde/contracts';
import type { Country, Role } from '@varde/platform-auth';
import { createHttpApp, problem, type HttpApp, type Problem } from '@varde/platform-http';
import { Health, logger, MetricsRegistry } from '@varde/platform-observability';
import { readConfig } from '@varde/platform-config';
import { systemClock } from '@varde/platform-time';
import { aDatabase, type TestDatabase } from '@varde/testing';
import { Api } from './api';
import { apiConfig } from './api.config';
import { ApiModule } from './api.module';
import { apiTitle } from './api-title';
import { draftFor, resolvedOf } from './drafting.fixture';
import { TestIssuer, type TokenGiven } from './issuer.fixture';

/** An invented person of a test; several accounts are one human. */
export interface TestPerson {
  readonly personId: string;
  readonly accounts: readonly string[];
}

/** An answer, read. */
export interface Answer<Body = unknown> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** How a request of a test differs from the ordinary. */
export interface AskGiven extends TokenGiven {
  /** Another account of the same person. */
  readonly account?: string;
}

const about = {
  mobile: ['mobile-voice', 'mobile-data'],
  areas: { NO: 'NO-46', SE: 'SE-14', DK: 'DK-85' },
} as const;

/** The API on a database of its own, with people who can sign in: an onlooker at first. Requests go over real HTTP. */
export class ApiWorld {
  private readonly people = new Map<string, TestPerson>();

  private constructor(
    readonly looking: TestDatabase,
    readonly issuer: TestIssuer,
    readonly api: Api,
    readonly http: HttpApp,
  ) {}

  static async start(): Promise<ApiWorld> {
    const looking = await aDatabase();
    const issuer = await TestIssuer.start();
    const config = readConfig(apiConfig, {
      VARDE_DATABASE_URL: looking.urlFor('varde_api'),
      VARDE_GATE_DATABASE_URL: looking.urlFor('varde_gate'),
      VARDE_OIDC_ISSUER: issuer.url,
    });
    const api = await Api.start(config);
    const log = logger('api', { level: 'fatal' });
    const http = await createHttpApp(
      ApiModule.of(api, log, () => api.stop()),
      {
        about: apiTitle,
        log,
        metrics: new MetricsRegistry('api'),
        health: new Health(),
        clock: systemClock,
        authenticate: api.authenticate,
        endsOnSignals: false,
        port: 0,
      },
    );
    const world = new ApiWorld(looking, issuer, api, http);
    await world.map();
    await world.person('onlooker', ['viewer']);
    return world;
  }

  async close(): Promise<void> {
    await this.http.close();
    await this.issuer.close();
    await this.looking.drop();
  }

  // What the import has written of the network: a county or two of each country, and a site in each of two countries.
  private async map(): Promise<void> {
    await this.looking.query(
      `insert into incident.area (code, parent, level) select code, split_part(code, '-', 1), 'county' from unnest($1::text[]) as code`,
      [['NO-46', 'NO-03', 'SE-14', 'DK-85']],
    );
    await this.looking.query(
      `insert into incident.element (element_id, parent_id, kind, area, services)
       values ('site/NO/1', null, 'site', 'NO-46', 7), ('site/SE/1', null, 'site', 'SE-14', 7)`,
    );
  }

  /** Registers a person under a name that the test uses for them; their first account has the same name. */
  async person(
    name: string,
    roles: readonly Role[],
    given: { countries?: readonly Country[]; accounts?: readonly string[] } = {},
  ): Promise<TestPerson> {
    const personId = randomUUID();
    const accounts = given.accounts ?? [name];
    await this.looking.query('insert into identity.person (id, name) values ($1, $2)', [
      personId,
      name,
    ]);
    for (const account of accounts) {
      await this.looking.query('insert into identity.account values ($1, $2, $3)', [
        this.issuer.url,
        account,
        personId,
      ]);
    }
    for (const role of roles) {
      for (const country of given.countries ?? [null]) {
        await this.looking.query(
          'insert into identity.person_role (person_id, role, country) values ($1, $2, $3)',
          [personId, role, country],
        );
      }
    }
    const person = { personId, accounts };
    this.people.set(name, person);
    return person;
  }

  /** The id behind a name. */
  idOf(name: string): string {
    const found = this.people.get(name);
    if (!found) throw new Error(`Nobody is called ${name} here.`);
    return found.personId;
  }

  /** Asks as a person; without one, as nobody. */
  async get<Body = unknown>(
    path: string,
    as?: string,
    given: AskGiven = {},
  ): Promise<Answer<Body>> {
    return this.ask('GET', path, as, undefined, given);
  }

  /** Posts a body as a person; without a body, nothing is sent. */
  async post<Body = unknown>(
    path: string,
    as: string | undefined,
    body?: unknown,
    given: AskGiven = {},
  ): Promise<Answer<Body>> {
    return this.ask('POST', path, as, body, given);
  }

  /** Posts what must be refused. @returns the problem document */
  async refused(
    path: string,
    as: string | undefined,
    body?: unknown,
    given: AskGiven = {},
  ): Promise<Problem> {
    const answer = await this.post(path, as, body, given);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    return problem.parse(answer.body);
  }

  /** Any request at all. */
  async ask<Body = unknown>(
    method: string,
    path: string,
    as: string | undefined,
    body: unknown,
    given: AskGiven,
  ): Promise<Answer<Body>> {
    const account =
      given.account ?? (as === undefined ? undefined : (this.people.get(as)?.accounts[0] ?? as));
    const token = account === undefined ? undefined : await this.issuer.token(account, given);
    const answer = await fetch(`${this.http.url}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return {
      status: answer.status,
      body: (isJson ? JSON.parse(text) : text) as Body,
      headers: answer.headers,
    };
  }

  /** A whole body of a raise. */
  aRaise(given: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    const country = (given.country ?? 'NO') as Country;
    return {
      mode: 'ACTUAL',
      country,
      services: about.mobile,
      areas: [about.areas[country]],
      startedAt: '2026-01-01T01:00:00Z',
      ...given,
    };
  }

  /** An alarm that was heard, as intake keeps it. */
  async heardAlarm(alarmId: string, country: Country): Promise<void> {
    await this.looking.query(
      `insert into incident.alarm (source_id, alarm_id, country, mode, condition, state, latest, event_count, heard_at)
       values ('/nms', $1, $2, 'ACTUAL', 'noted', '{}', '{}', 1, platform.clock())`,
      [alarmId, country],
    );
  }

  /**
   * What the engine does once it is known whom an incident hits: it drafts, with its own code, from the incident's latest fact.
   *
   * @returns the drafts, the critical classes first
   */
  async audienceResolved(
    incidentId: string,
    given: Partial<AudienceResolved> = {},
  ): Promise<ShownMessage[]> {
    const [fact] = await this.looking.query<{ payload: Pick<AudienceResolved, 'incident'> }>(
      `select payload from platform.outbox where key = $1 and type like 'incident.%' order by n desc limit 1`,
      [incidentId],
    );
    if (!fact) throw new Error('The incident told nobody of itself.');
    const engine = await this.looking.database('varde_engine');
    await draftFor(engine, { ...resolvedOf(fact.payload.incident), ...given });
    const drafts = await this.looking.query<{ id: string }>(
      `select message_id as id from communication.draft where incident_id = $1 and state = 'drafted' order by classes`,
      [incidentId],
    );
    return Promise.all(drafts.map(({ id }) => this.shown(id)));
  }

  /** A message as somebody who may see everything is shown it. */
  async shown(messageId: string): Promise<ShownMessage> {
    const answer = await this.get(`/v1/messages/${messageId}`, 'onlooker');
    return messageView.parse(answer.body);
  }
}
