import { request } from 'undici';
import type {
  DispatchList,
  DispatchView,
  IncidentList,
  IncidentView,
  LedgerView,
  MessageList,
  ShownIncidentView,
  ShownMessage,
} from '@varde/contracts';
import { approveWords } from '../../../tools/system/approve-words';
import { networkAt, type Network } from '../../../tools/system/network';
import { anOutageReport, type OutageReport } from '../../../tools/system/outage-report';
import { ApiProblem, personAt, type Person } from '../../../tools/system/person';
import { sandboxAt, type SandboxClient } from '../../../tools/system/sandbox-client';
import { until } from '../../../tools/system/until';
import type { SystemFacts } from './global-setup';
import { aTown, type Inhabitant, type Town } from './town';

/** An SMS as a phone got it. */
export interface GotSms {
  readonly body: string;
  readonly status: string;
}

/** Everything that a story may use. */
export interface Scene {
  readonly facts: SystemFacts;
  readonly network: Network;
  readonly sandbox: SandboxClient;
  readonly noc: Person;
  readonly author: Person;
  readonly colleague: Person;
  readonly otherColleague: Person;
  readonly crisis: Person;
  person(accountName: string): Person;
  town(people: readonly Inhabitant[], quarters?: number): Promise<Town>;
  readonly clock: {
    now(): Date;
    forward(by: { minutes?: number; seconds?: number }): Promise<void>;
  };
  readonly phones: { of(number: string): Promise<readonly GotSms[]> };
  /** The operations centre reports an outage; answers the incident once it stands. */
  reports(outage: Outage): Promise<IncidentView>;
  incident(id: string): Promise<ShownIncidentView>;
  /** Drafts of an incident that wait to be submitted, once there are so many. */
  drafts(incidentId: string, atLeast?: number): Promise<readonly ShownMessage[]>;
  /** The author submits, a colleague approves what was shown. */
  approved(drafts: readonly ShownMessage[]): Promise<readonly DispatchView[]>;
  dispatches(incidentId: string): Promise<readonly DispatchView[]>;
  /** No row is open any more, and every receipt is in. */
  settled(incidentId: string): Promise<void>;
  ledger(incidentId: string): Promise<LedgerView>;
}

/** What is reported. */
export interface Outage {
  readonly reference: string;
  readonly sequence?: number;
  readonly action?: string;
  readonly areas?: readonly string[];
  readonly elements?: readonly string[];
  readonly alarms?: readonly string[];
  readonly more?: object;
  readonly mode?: 'actual' | 'exercise';
}

/** Approves what was shown. */
export const approvalOf = (drafts: readonly ShownMessage[]): object => ({
  approvals: drafts.map(({ messageId, version, contentSha256, reach }) => ({
    messageId,
    version,
    contentSha256,
    reach,
  })),
  reason: 'Read in all languages.',
});

/** The refusal that a call meets. @throws Error when it was not refused */
export async function refusalOf(call: Promise<unknown>): Promise<ApiProblem> {
  try {
    await call;
  } catch (cause) {
    if (cause instanceof ApiProblem) return cause;
    throw cause;
  }
  throw new Error('It was not refused.');
}

/** The ready texts and policies, written by one and approved by two others. */
export const approveReadyWords = (scene: Scene): Promise<unknown> =>
  approveWords(
    {
      author: scene.author,
      policyAuthor: scene.person('jonas.author'),
      approvers: [scene.otherColleague, scene.person('mads.approver')],
    },
    scene.clock.now(),
  );

let wordsAreReady: Promise<unknown> | undefined;
let shiftSeconds = 0;

/** A crisis as a story, on the running system. It ends with the ledger: nothing may have been accepted twice. */
export function story(name: string, tell: (scene: Scene) => Promise<void>): void {
  it(name, async () => {
    const facts = JSON.parse(process.env.VARDE_ACCEPTANCE ?? '{}') as SystemFacts;
    const scene = sceneOn(facts);
    shiftSeconds = (await scene.sandbox.get<{ shiftSeconds: number }>('/control/clock'))
      .shiftSeconds;
    try {
      wordsAreReady ??= approveReadyWords(scene);
      await wordsAreReady;
      await tell(scene);
      for (const kind of ['sms', 'email']) {
        const twice = await scene.sandbox.get<{ duplicates?: unknown[] } | unknown[]>(
          `/control/ledger/duplicates?kind=${kind}&by=ref`,
        );
        expect(Array.isArray(twice) ? twice : (twice.duplicates ?? [])).toEqual([]);
      }
    } finally {
      await scene.sandbox.put('/control/moods/sms', {});
      await scene.network.close();
    }
  });
}

/** Everything that happens on a running system. */
export function sceneOn(facts: SystemFacts): Scene {
  const now = (): Date => new Date(Date.now() + shiftSeconds * 1_000);
  const network = networkAt(facts.brokers, now);
  const sandbox = sandboxAt(facts.sandbox);
  const person = (accountName: string): Person => personAt(facts.api, facts.issuer, accountName);
  const noc = person('ingrid.noc');
  const author = person('maja.author');
  const colleague = person('aksel.approver');
  const dispatches = async (incidentId: string): Promise<readonly DispatchView[]> =>
    (await noc.get<DispatchList>(`/dispatches?incident=${incidentId}`)).dispatches;
  const ledger = (incidentId: string): Promise<LedgerView> =>
    noc.get<LedgerView>(`/ledger?incident=${incidentId}`);
  return {
    facts,
    network,
    sandbox,
    noc,
    author,
    colleague,
    person,
    dispatches,
    ledger,
    otherColleague: person('sofia.approver'),
    crisis: person('ragna.crisis'),
    town: (people, quarters) => aTown(facts, people, quarters),
    clock: {
      now,
      forward: async ({ minutes = 0, seconds = 0 }) => {
        shiftSeconds += minutes * 60 + seconds;
        await sandbox.moveClock(shiftSeconds);
      },
    },
    phones: { of: (number) => messagesTo(facts, number) },
    reports: async (outage) => {
      await network.reports(reportOf(outage, now()), outage.mode);
      return until(`incident ${outage.reference}`, async () =>
        (await noc.get<IncidentList>('/incidents?country=NO&limit=100')).incidents.find(
          (one) => one.reference === outage.reference,
        ),
      );
    },
    incident: (id) => noc.get<ShownIncidentView>(`/incidents/${id}`),
    drafts: (incidentId, atLeast = 1) =>
      until(`${atLeast} drafts`, async () => {
        const { messages } = await author.get<MessageList>(
          `/messages?incident=${incidentId}&state=drafted`,
        );
        return messages.length >= atLeast && messages;
      }),
    approved: async (drafts) => {
      for (const draft of drafts) await author.post(`/messages/${draft.messageId}/submit`, {});
      await colleague.post('/messages/approve', approvalOf(drafts), true);
      return dispatches(drafts[0]?.incidentId ?? '');
    },
    settled: async (incidentId) => {
      await until('every row to end and every receipt to come in', async () => {
        const { lines, balances } = await ledger(incidentId);
        return (
          lines.length > 0 &&
          balances &&
          lines.every(
            (line) => line.open === 0 && (line.channel !== 'sms' || line.sentWithoutReceipt === 0),
          )
        );
      });
    },
  };
}

async function messagesTo(facts: SystemFacts, number: string): Promise<readonly GotSms[]> {
  const answer = await request(
    `${facts.sandbox}/2010-04-01/Accounts/${facts.accountSid}/Messages.json?To=${encodeURIComponent(number)}`,
    {
      headers: {
        authorization: `Basic ${Buffer.from(`${facts.accountSid}:${facts.authToken}`).toString('base64')}`,
      },
    },
  );
  const { messages } = (await answer.body.json()) as { messages: GotSms[] };
  return messages;
}

function reportOf(
  { reference, sequence, action, elements, areas, alarms, more }: Outage,
  now: Date,
): OutageReport {
  const said = { sequence, action, elements, areas, alarms };
  const isSaid = Object.entries(said).filter(([, value]) => value !== undefined);
  return anOutageReport({ reference, ...Object.fromEntries(isSaid), ...more }, now);
}
