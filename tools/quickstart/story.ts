import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  DispatchList,
  IncidentList,
  LedgerView,
  MessageList,
  ShownIncidentView,
  ShownMessage,
} from '@varde/contracts';
import { approveWords } from '../system/approve-words';
import { networkAt, type Network } from '../system/network';
import { ApiProblem, personAt, type Person } from '../system/person';
import { sandboxAt, type SandboxClient } from '../system/sandbox-client';
import type { System } from '../system/system';
import { grouped, type Teller } from './teller';
import { until } from './until';

/** What the story is told with. */
interface Scene {
  readonly system: System;
  readonly tell: Teller;
  readonly network: Network;
  readonly sandbox: SandboxClient;
  readonly author: Person;
  readonly approver: Person;
  readonly noc: Person;
}

const services = ['mobile-voice', 'mobile-data'];
const groupWords: Readonly<Record<string, string>> = {
  'newly-hit': 'newly hit',
  'still-hit': 'still hit',
  restored: 'restored',
};
const classWords = ['societally critical', 'SLA', 'business', 'private'];
const minute = 60_000;
/** Seven minutes: the hold-down after the last clear is five. */
const clockAheadSeconds = 7 * 60;

/** Plays the main job, from the alarm to the proof. @returns whether the ledger balances and the provider's own count agrees */
export async function playMainJob(system: System, tell: Teller): Promise<boolean> {
  const shift = { seconds: 0 };
  const network = networkAt(
    system.stack.kafka.brokers,
    () => new Date(Date.now() + shift.seconds * 1_000),
  );
  const { api, issuer, sandbox } = system.addresses;
  const person = (name: string): Person => personAt(api, issuer, name);
  const scene: Scene = {
    system,
    tell,
    network,
    sandbox: sandboxAt(sandbox),
    author: person('maja.author'),
    approver: person('aksel.approver'),
    noc: person('ingrid.noc'),
  };
  try {
    await prepareWords(scene, person);
    const before = await providerCount(scene);
    const alarm = await raise(scene);
    const shown = await showAffected(scene, alarm.number);
    await firstWord(scene, shown.incident.incidentId);
    await toEveryoneElse(scene, shown.incident.incidentId);
    await settled(scene, shown.incident.incidentId);
    await update(scene, shown, alarm.id);
    await resolve(scene, shown, alarm, shift);
    return await prove(scene, shown.incident.incidentId, before);
  } finally {
    await network.close();
    if (shift.seconds !== 0) await scene.sandbox.moveClock(0);
  }
}

async function prepareWords(
  { tell, author }: Scene,
  person: (name: string) => Person,
): Promise<void> {
  tell.step('Before: the words are approved by people');
  const done = await approveWords(
    {
      author,
      policyAuthor: person('jonas.author'),
      approvers: [person('sofia.approver'), person('mads.approver')],
    },
    new Date(),
  );
  tell.good(
    `${done.templates} ready texts in five languages, each written by one person and approved by two others.`,
  );
  tell.good(
    `${done.policies} policies: the first word to societally critical and SLA customers may go by itself.`,
  );
}

interface Alarm {
  readonly id: string;
  readonly element: string;
  readonly number: string;
}

async function raise({ system, tell, network, noc }: Scene): Promise<Alarm> {
  tell.step('1. An alarm of a network element, then the operations centre’s own report');
  const element = siteIn(system, 'NO-4601');
  const open = new Set(
    (await noc.get<IncidentList>('/incidents?country=NO')).incidents.map((one) => one.incidentId),
  );
  const raisedAt = new Date(Date.now() - 3 * minute);
  const id = await network.raisesAlarm({ country: 'NO', element, services, raisedAt });
  tell.line(
    `Alarm ${id}: ${element} has lost its power (CloudEvents, TMF642 on topic network.incidents).`,
  );
  const declared = await until('the incident of the alarm', async () =>
    (await noc.get<IncidentList>('/incidents?country=NO')).incidents.find(
      (one) => !open.has(one.incidentId) && one.alarms.count > 0,
    ),
  );
  tell.good(`${declared.number} declared by the alarm, severity ${declared.severity.inForce}.`);
  await network.reports(report(id, ['NO-4601', 'NO-4631'], 1, 'raise', raisedAt));
  const joined = await until('the report to join', async () => {
    const { incident } = await noc.get<ShownIncidentView>(`/incidents/${declared.number}`);
    return incident.areas.length > 0 && incident.hit !== null && incident;
  });
  const all = (await noc.get<IncidentList>('/incidents?country=NO')).incidents.filter(
    (one) => !open.has(one.incidentId) && one.mergedInto === null,
  );
  tell.good(
    `The report joined it: ${all.length} incident, not two. Areas ${joined.areas.join(', ')}; services ${joined.services.join(', ')}.`,
  );
  return { id, element, number: declared.number };
}

let reference = '';

function report(
  alarm: string,
  areas: readonly string[],
  sequence: number,
  action: string,
  startedAt: Date,
  more: object = {},
): { reference: string; country: string } {
  if (sequence === 1)
    reference = `NOC-${new Date().getUTCFullYear()}-${String(Date.now()).slice(-6)}`;
  return {
    reference,
    sequence,
    action,
    reportedBy: { system: 'noc-desk', operator: 'op-117' },
    country: 'NO',
    kind: 'outage',
    severity: 'major',
    services,
    startedAt: startedAt.toISOString(),
    awareAt: new Date(startedAt.getTime() + minute).toISOString(),
    elements: [],
    areas,
    alarms: [alarm],
    cause: { status: 'suspected', code: 'powerProblem' },
    estimate: { status: 'none' },
    nextUpdateBy: new Date(
      Math.ceil((Date.now() + 90 * minute) / (15 * minute)) * 15 * minute,
    ).toISOString(),
    emergencyCalls: 'notAffected',
    malicious: 'no',
    crossBorder: 'no',
    ...more,
  } as { reference: string; country: string };
}

/** A site of the sample world, from the very file that was imported. */
function siteIn(system: System, area: string): string {
  const lines = readFileSync(join(system.stack.folder, 'sample/elements.csv'), 'utf8').split('\n');
  const found = lines
    .map((line) => line.split(','))
    .find(([id, kind, , place]) => kind === 'site' && place === area && id);
  if (!found?.[0]) throw new Error(`The sample world has no site in ${area}.`);
  return found[0];
}

async function showAffected({ tell, noc }: Scene, number: string): Promise<ShownIncidentView> {
  tell.step('2. Who is affected');
  const shown = await until('the audience', async () => {
    const found = await noc.get<ShownIncidentView>(`/incidents/${number}`);
    return (
      found.audience !== null &&
      found.incident.areas.length > 0 &&
      found.audience.snapshotVersion >= 2 &&
      found
    );
  });
  const { audience } = shown;
  if (!audience) throw new Error('No audience.');
  tell.line(
    `${grouped(audience.reachableCount)} addresses can be told, ${grouped(audience.unreachableCount)} people cannot be told now.`,
  );
  const sum = (key: 'channel' | 'language' | 'class'): [string, number][] => {
    const sums = new Map<string, number>();
    for (const entry of audience.counts) {
      const name =
        key === 'class' ? `${entry.class} ${classWords[entry.class] ?? ''}` : String(entry[key]);
      sums.set(name, (sums.get(name) ?? 0) + entry.count);
    }
    return [...sums].sort(([one], [other]) => one.localeCompare(other));
  };
  const words = (key: 'channel' | 'language' | 'class'): string =>
    sum(key)
      .map(([name, n]) => `${name} ${grouped(n)}`)
      .join(' · ');
  tell.line(`by channel: ${words('channel')}`);
  tell.line(`by language: ${words('language')}`);
  tell.line(`by class: ${words('class')}`);
  const reasons = new Map<string, number>();
  for (const entry of audience.unreachable)
    reasons.set(entry.reason, (reasons.get(entry.reason) ?? 0) + entry.count);
  tell.line(
    `not now, and why: ${[...reasons].map(([reason, n]) => `${reason} ${grouped(n)}`).join(' · ') || 'nobody'}`,
  );
  return shown;
}

async function firstWord({ tell, noc }: Scene, incidentId: string): Promise<void> {
  tell.step(
    '3. The first word to societally critical and SLA customers goes at once, under a policy',
  );
  const { dispatches } = await until('the dispatch under the policy', async () => {
    const found = await noc.get<DispatchList>(`/dispatches?incident=${incidentId}`);
    return found.dispatches.some((one) => one.policyId !== null) && found;
  });
  for (const dispatch of dispatches.filter((one) => one.policyId !== null)) {
    tell.good(
      `Dispatched to ${grouped(dispatch.reach)} addresses under policy ${dispatch.policyId?.slice(0, 8) ?? ''}, nobody asked: two had approved it beforehand.`,
    );
  }
}

async function toEveryoneElse(
  { tell, author, approver }: Scene,
  incidentId: string,
): Promise<void> {
  tell.step('4. Everyone else: drafted, refused to its author, approved by a colleague');
  const drafts = await until('the drafts', async () => {
    const { messages } = await author.get<MessageList>(
      `/messages?incident=${incidentId}&state=drafted`,
    );
    return messages.length > 0 && messages;
  });
  for (const draft of drafts) tellDraft(tell, draft);
  for (const draft of drafts)
    await author.post(`/messages/${draft.messageId}/submit`, {
      note: 'Facts checked with the operations centre.',
    });
  tell.line('The author submits, and tries to approve it herself …');
  try {
    await author.post('/messages/approve', approvalOf(drafts), true);
    throw new Error('The author approved her own words: this must never be.');
  } catch (cause) {
    if (!(cause instanceof ApiProblem)) throw cause;
    tell.good(`Refused (${cause.code}): “${cause.message}”`);
  }
  await approver.post('/messages/approve', approvalOf(drafts), true);
  tell.good(
    `A colleague approved what he was shown: version ${drafts[0]?.version}, hash ${drafts[0]?.contentSha256.slice(0, 8)}, ${grouped(sumOf(drafts))} addresses. It goes.`,
  );
}

const sumOf = (drafts: readonly ShownMessage[]): number =>
  drafts.reduce((sum, draft) => sum + draft.reach, 0);

const approvalOf = (drafts: readonly ShownMessage[]): object => ({
  approvals: drafts.map(({ messageId, version, contentSha256, reach }) => ({
    messageId,
    version,
    contentSha256,
    reach,
  })),
  reason: 'Read in all languages; facts as in the fact sheet.',
});

function tellDraft(tell: Teller, draft: ShownMessage): void {
  const cost =
    draft.forecast.cost
      .map((sum) => `${(sum.micros / 1e6).toFixed(2)} ${sum.currency}`)
      .join(' + ') || 'nothing';
  tell.line(
    `Draft ${draft.stage} for ${draft.groups.map((group) => groupWords[group] ?? group).join(', ')}: ${grouped(draft.reach)} addresses, ` +
      `${grouped(draft.forecast.segmentCount)} SMS segments, ${cost}, ${draft.forecast.minutes} min at the present cap.`,
  );
  const sms = draft.texts.find((text) => text.sms !== undefined);
  if (sms) tell.line(`   ${sms.language}, ${sms.segments} segment: ${sms.sms ?? ''}`);
}

async function update(
  { tell, network, noc, author, approver }: Scene,
  shown: ShownIncidentView,
  alarm: string,
): Promise<void> {
  tell.step('5. The incident moves: newly hit, still hit, restored');
  const { incident } = shown;
  const estimate = new Date(
    Math.ceil((Date.now() + 3 * 60 * minute) / (15 * minute)) * 15 * minute,
  );
  await network.reports(
    report(alarm, ['NO-4601', 'NO-4627'], 2, 'update', new Date(incident.startedAt), {
      estimate: { status: 'estimated', restoreBy: estimate.toISOString() },
    }),
  );
  const drafts = await until('the drafts of the update', async () => {
    const { messages } = await author.get<MessageList>(
      `/messages?incident=${incident.incidentId}&state=drafted`,
    );
    return (
      messages.length >= 2 && messages.some((one) => one.groups.includes('still-hit')) && messages
    );
  });
  for (const draft of drafts) tellDraft(tell, draft);
  const { dispatches } = await noc.get<DispatchList>(`/dispatches?incident=${incident.incidentId}`);
  const automatic = dispatches.filter((one) => one.policyId !== null).length;
  tell.line(
    `${automatic} dispatches under a policy so far: newly hit critical customers never wait.`,
  );
  for (const draft of drafts) await author.post(`/messages/${draft.messageId}/submit`, {});
  await approver.post('/messages/approve', approvalOf(drafts), true);
  tell.good(
    `${drafts.length} messages approved together in one act, ${grouped(sumOf(drafts))} addresses.`,
  );
}

async function resolve(
  scene: Scene,
  shown: ShownIncidentView,
  alarm: Alarm,
  shift: { seconds: number },
): Promise<void> {
  const { tell, network, noc, author, approver, sandbox } = scene;
  await settled(scene, shown.incident.incidentId);
  tell.step('   It is over: everybody who was told of the start is told of the end, once');
  await network.clearsAlarm({
    country: 'NO',
    element: alarm.element,
    services,
    raisedAt: new Date(shown.incident.startedAt),
    id: alarm.id,
  });
  await until(
    'the alarm to clear',
    async () =>
      (await noc.get<ShownIncidentView>(`/incidents/${alarm.number}`)).incident.alarms
        .activeCount === 0,
  );
  await sandbox.moveClock(clockAheadSeconds);
  shift.seconds = clockAheadSeconds;
  tell.line(
    'The alarm cleared. The sandbox’s clock was moved seven minutes ahead, past the hold-down of five.',
  );
  await noc.post(`/incidents/${alarm.number}/resolve`, {});
  const drafts = await until('the closing message', async () => {
    const { messages } = await author.get<MessageList>(
      `/messages?incident=${shown.incident.incidentId}&state=drafted`,
    );
    return messages.length > 0 && messages;
  });
  for (const draft of drafts) tellDraft(tell, draft);
  for (const draft of drafts) await author.post(`/messages/${draft.messageId}/submit`, {});
  await approver.post('/messages/approve', approvalOf(drafts), true);
  await settled(scene, shown.incident.incidentId);
  tell.good('The end is told.');
}

/** Waits until no row is open any more, and the receipts are in. */
async function settled({ noc, tell }: Scene, incidentId: string): Promise<void> {
  let said = 0;
  await until(
    'all rows to end',
    async () => {
      const { dispatches } = await noc.get<DispatchList>(`/dispatches?incident=${incidentId}`);
      const states = dispatches.flatMap((one) => one.lanes).map((lane) => lane.states);
      const sum = (...names: ('pending' | 'sending' | 'accepted' | 'delivered')[]): number =>
        states.reduce((all, one) => all + names.reduce((n, name) => n + (one[name] ?? 0), 0), 0);
      const open = sum('pending', 'sending');
      const planned = dispatches.reduce((all, one) => all + one.plannedCount, 0);
      if (performance.now() - said > 2_000) {
        said = performance.now();
        tell.line(
          `${grouped(planned)} planned · ${grouped(open)} waiting or on their way · ${grouped(sum('accepted'))} sent · ${grouped(sum('delivered'))} delivered`,
        );
      }
      return open === 0 && dispatches.every((one) => one.isPlanned) && dispatches.length > 0;
    },
    600_000,
  );
}

interface ProviderLine {
  readonly ref: string | null;
}

/** What the providers took for customers: each delivery carries its own reference, a notice to the staff on duty carries none. */
async function providerCount({ sandbox }: Scene): Promise<{ sms: number; email: number }> {
  const count = async (kind: string, isOurs: (ref: string) => boolean): Promise<number> => {
    const text = String(await sandbox.get<string>(`/control/ledger/since/0?kind=${kind}`));
    return text
      .split('\n')
      .filter((line) => line !== '' && isOurs((JSON.parse(line) as ProviderLine).ref ?? '')).length;
  };
  return {
    sms: await count('sms', (ref) => ref.includes('/callbacks/sms/')),
    email: await count('email', (ref) => !ref.includes('notice.')),
  };
}

async function prove(
  scene: Scene,
  incidentId: string,
  before: { sms: number; email: number },
): Promise<boolean> {
  const { tell, noc } = scene;
  tell.step('6. The ledger');
  const ledger = await until(
    'the last receipts',
    async () => {
      const found = await noc.get<LedgerView>(`/ledger?incident=${incidentId}`);
      const smsOpen = found.lines
        .filter((line) => line.channel === 'sms')
        .reduce((sum, line) => sum + line.sentWithoutReceipt + line.open, 0);
      return smsOpen === 0 && found;
    },
    120_000,
  ).catch(() => noc.get<LedgerView>(`/ledger?incident=${incidentId}`));
  const channels = [...new Set(ledger.lines.map((line) => line.channel))].sort();
  const rows = channels.map((channel) => {
    const lines = ledger.lines.filter((line) => line.channel === channel);
    const sum = (
      key:
        | 'planned'
        | 'delivered'
        | 'sentWithoutReceipt'
        | 'failed'
        | 'suppressed'
        | 'superseded'
        | 'expired'
        | 'unknown'
        | 'open',
    ): number => lines.reduce((all, line) => all + line[key], 0);
    return [
      channel,
      sum('planned'),
      sum('delivered'),
      sum('sentWithoutReceipt'),
      sum('failed'),
      sum('suppressed'),
      sum('superseded'),
      sum('expired'),
      sum('unknown'),
      sum('open'),
    ];
  });
  tell.table(
    [
      'channel',
      'planned',
      'delivered',
      'sent, no receipt',
      'failed',
      'suppressed',
      'superseded',
      'expired',
      'unknown',
      'open',
    ],
    rows,
  );
  for (const fault of ledger.faults) tell.warn(`${fault.law}: ${fault.sentence}`);
  const after = await providerCount(scene);
  const ours = (channel: 'sms' | 'email'): number =>
    ledger.lines
      .filter((line) => line.channel === channel)
      .reduce((sum, line) => sum + line.delivered + line.sentWithoutReceipt + line.failed, 0);
  const provider = { sms: after.sms - before.sms, email: after.email - before.email };
  const agrees = provider.sms === ours('sms') && provider.email === ours('email');
  tell.line(
    `The providers' own count: ${grouped(provider.sms)} SMS and ${grouped(provider.email)} mails; ours: ${grouped(ours('sms'))} and ${grouped(ours('email'))}. ${agrees ? 'They agree.' : 'They differ.'}`,
  );
  const open = ledger.lines.reduce((sum, line) => sum + line.open, 0);
  const balances = ledger.balances && open === 0 && agrees;
  if (balances)
    tell.good(
      'Nothing is left over: planned = delivered + sent without a receipt + failed + suppressed + superseded + expired + unknown.',
    );
  else tell.warn('The ledger does not balance.');
  return balances;
}
