import { randomUUID } from 'node:crypto';
import type { AudienceResolved, IncidentFacts, StaffNoticeRequested } from '@varde/contracts';
import { instant, minutes, plus, toIso, type Clock, type Instant } from '@varde/kernel';
import type { Database } from '@varde/platform-database';
import { Outbox } from '@varde/platform-outbox';
import { aDatabase, type TestDatabase } from '@varde/testing';
import { communicationFacts } from './drafting/communication-facts';
import { OccasionService } from './drafting/occasion.service';
import type { MessageView } from './messages/message-view';
import { MessageService } from './messages/message.service';
import { TemplateService } from './templates/template.service';
import { CommunicationTimers } from './timers/timer.service';

const night = instant(Date.UTC(2026, 1, 11, 2, 0, 0));
const settings = {
  linkBase: 'https://v.example',
  prices: {
    NO: { currency: 'NOK', micros: 390_000 },
    SE: { currency: 'SEK', micros: 420_000 },
    DK: { currency: 'DKK', micros: 300_000 },
  },
  smsPerSecond: 100,
};
const envelope = { id: '', type: '', source: '', subject: '', time: '', data: null };
const area = {
  code: 'NO-46',
  parent: null,
  level: 'county',
  country: 'NO',
  names: { nb: 'Vestland' },
  inNames: {},
} as const;

/** How many readers of a class and language a snapshot has. */
export type Reader = Partial<AudienceResolved['counts'][number]>;

/**
 * Communication on a database and a clock of its own, fed with the facts of others as the engine feeds it, with invented people
 * on duty in every role.
 */
export class NightWatch {
  private now = night;
  private readonly clock: Clock = { now: () => this.now };
  private readonly outbox = new Outbox('notify');
  readonly messages: MessageService;
  private readonly timers: CommunicationTimers;
  private readonly facts: ReturnType<typeof communicationFacts>;
  private readonly persons = new Map<string, string>();

  private constructor(
    readonly test: TestDatabase,
    readonly engine: Database,
  ) {
    this.messages = new MessageService(engine, this.outbox, this.clock, settings);
    this.timers = new CommunicationTimers(engine, this.outbox, this.clock, settings);
    this.facts = communicationFacts(new OccasionService(this.outbox, this.clock, settings));
  }

  static async start(): Promise<NightWatch> {
    const test = await aDatabase();
    return new NightWatch(test, await test.database('varde_engine'));
  }

  /** A new night: nothing has happened, the ready texts are approved by two, everybody is on duty. */
  async begins(): Promise<void> {
    await this.test.empty();
    this.persons.clear();
    await this.stands(night);
    for (const [name, role, country] of [
      ['noc', 'operations-centre', null],
      ['author', 'communications-author', null],
      ['approver', 'approver', 'NO'],
      ['second approver', 'approver', 'NO'],
      ['swedish approver', 'approver', 'SE'],
      ['crisis', 'crisis-manager', null],
    ] as const)
      await this.goesOnDuty(name, role, country);
    const templates = new TemplateService(this.engine);
    for (const id of [
      'outage-holding',
      'outage-declared',
      'outage-restored',
      'planned-announced',
    ]) {
      await templates.submit(this.idOf('noc'), id);
      for (const by of ['approver', 'crisis']) await templates.approve(this.idOf(by), id, 1);
    }
    await this.hears('audience.areas-named.v1', { areas: [area] });
  }

  close(): Promise<void> {
    return this.test.drop();
  }

  /** Lets the night go on to its n-th minute, and keeps what is due on the way. */
  async at(minute: number): Promise<void> {
    while (this.now < this.minute(minute)) await this.stands(plus(this.now, minutes(1)));
  }

  private async stands(now: Instant): Promise<void> {
    this.now = now;
    await this.test.clock.freeze(now);
    await this.timers.sweep();
  }

  /** An instant of the night. */
  minute(minute: number): Instant {
    return plus(night, minutes(minute));
  }

  /** The id behind a name. */
  idOf(name: string): string {
    const found = this.persons.get(name);
    if (found === undefined) throw new Error(`Nobody is called ${name} here.`);
    return found;
  }

  /** An incident as it is told to the other contexts: a major mobile outage that has just changed, unless said. */
  incident(more: Partial<IncidentFacts> = {}): IncidentFacts {
    return {
      incidentId: '00000000-0000-4000-8000-000000000042',
      number: 'NO-2026-0042',
      version: 1,
      mode: 'ACTUAL',
      country: 'NO',
      kind: 'outage',
      phase: 'acknowledged',
      severity: 'major',
      services: ['mobile-voice'],
      elements: [],
      areas: ['NO-46'],
      startedAt: toIso(this.minute(-3)),
      restoredAt: null,
      estimate: { status: 'none', restoreBy: null, previous: null, change: 'none' },
      cause: { status: 'unknown', group: null },
      emergencyCalls: 'notAffected',
      nextUpdateBy: toIso(this.minute(90)),
      mergedInto: null,
      changedBy: null,
      changedAt: toIso(this.now),
      ...more,
    };
  }

  /** The audience is resolved; version and snapshot go together unless said. */
  async resolved(
    incident: IncidentFacts,
    readers: readonly Reader[],
    more: Partial<AudienceResolved> = {},
  ): Promise<void> {
    await this.hears('audience.resolved.v1', {
      incident,
      occasion: 'hit',
      changed: [],
      snapshotId: randomUUID(),
      snapshotVersion: incident.version,
      namedAreas: ['NO-46'],
      counts: readers.map(readerOf),
      unreachable: [],
      hit: {
        subscriptions: 0,
        customers: 0,
        class0Out: 0,
        class0Partly: 0,
        class1: 0,
        wholeCounties: [],
      },
      ...more,
    });
  }

  /** A fact of another context. */
  async hears<Name extends keyof ReturnType<typeof communicationFacts>>(
    name: Name,
    payload: Parameters<NonNullable<ReturnType<typeof communicationFacts>[Name]>>[1],
  ): Promise<void> {
    await this.engine.unitOfWork('varde_communication', async (tx) => {
      await this.facts[name]?.(tx, payload as never, envelope);
    });
  }

  /** Every message of the night's incidents, oldest first. */
  async all(): Promise<readonly MessageView[]> {
    const rows = await this.test.query<{ id: string }>(
      `select message_id as id from communication.draft order by created_at, classes, stage desc`,
    );
    return Promise.all(rows.map(({ id }) => this.messages.show(id)));
  }

  /** Messages of a stage. */
  async ofStage(stage: string): Promise<readonly MessageView[]> {
    return (await this.all()).filter((message) => message.stage === stage);
  }

  /** The author submits, an approver approves what was shown. */
  async goes(...messages: readonly MessageView[]): Promise<void> {
    for (const one of messages) await this.submits(one);
    await this.messages.approve(this.idOf('second approver'), messages, async () => {});
  }

  /** The author submits. */
  async submits(message: MessageView): Promise<void> {
    await this.messages.submit(this.idOf('author'), message.messageId, null);
  }

  /** Notices to people on duty: who is told what, in the order in which they were told. */
  async notices(): Promise<readonly (StaffNoticeRequested & { readonly to: string })[]> {
    const rows = await this.test.query<{ payload: StaffNoticeRequested }>(
      `select payload from platform.outbox where type = 'staff-notice.requested.v1' order by n`,
    );
    const names = new Map([...this.persons].map(([name, id]) => [id, name]));
    return rows.map(({ payload }) => ({ ...payload, to: names.get(payload.personId) ?? '' }));
  }

  /** Who was told this kind of thing. */
  async told(kind: string): Promise<readonly string[]> {
    return (await this.notices()).filter((one) => one.kind === kind).map((one) => one.to);
  }

  private async goesOnDuty(name: string, role: string, country: string | null): Promise<void> {
    const id = randomUUID();
    this.persons.set(name, id);
    await this.test.query('insert into identity.person (id, name) values ($1, $2)', [id, name]);
    await this.test.query(
      'insert into identity.person_role (person_id, role, country) values ($1, $2, $3)',
      [id, role, country],
    );
    await this.test.query(
      `insert into identity.duty (id, role, person_id, country, rank, from_at, to_at) values (gen_random_uuid(), $1, $2, $3, $4, $5, $6)`,
      [role, id, country, this.persons.size, toIso(this.minute(-60)), toIso(this.minute(600))],
    );
  }
}

const readerOf = (reader: Reader): AudienceResolved['counts'][number] => ({
  group: 'newly-hit',
  class: 3,
  language: 'nb',
  channel: 'sms',
  country: 'NO',
  count: 20,
  exerciseCount: 0,
  ...reader,
});
