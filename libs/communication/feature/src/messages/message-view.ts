import type { AreaNamesRepository } from '../texts/area-names.repository';
import {
  contentProblems,
  languages as allLanguages,
  smsEstimate,
  type Channel,
  type ContentProblem,
  type DraftState,
  type Fields,
  type Group,
  type Headcount,
  type Language,
  type Mode,
  type RenderedEmail,
  type RenderedSms,
  type Sum,
  type Texts,
} from '@varde/communication-domain';
import type { Tx } from '@varde/platform-database';
import type { CommunicationSettings } from '../settings';
import { rendered, renderingOf, type StoredVersion } from '../texts/version';

/** A text as its reader gets it. */
export interface ShownText {
  readonly language: Language;
  readonly channel: Channel;
  readonly sms?: string;
  readonly segments?: number;
  readonly subject?: string;
  readonly text?: string;
  readonly recipientCount: number;
}

/** What it takes to send a message. */
export interface Forecast {
  readonly recipientCount: number;
  readonly segmentCount: number;
  readonly cost: readonly Sum[];
  readonly minutes: number;
}

/** Everything that an author or approver is shown of a message. */
export interface MessageView {
  readonly messageId: string;
  readonly incidentId: string;
  readonly incidentNumber: string;
  readonly mode: Mode;
  readonly stage: string;
  readonly groups: readonly Group[];
  readonly classes: readonly number[];
  readonly state: DraftState;
  readonly version: number;
  readonly contentSha256: string;
  readonly reach: number;
  readonly approversNeeded: number;
  readonly approvals: readonly { by: string; at: string; expiresAt: string }[];
  readonly authors: readonly string[];
  readonly submittedBy: string | null;
  readonly channels: readonly Channel[];
  readonly texts: readonly ShownText[];
  readonly problems: readonly ContentProblem[];
  readonly forecast: Forecast;
  readonly sendBefore: string;
  readonly template: string | null;
  readonly dispatchId: string | null;
  readonly history: readonly {
    what: string;
    version: number;
    by: string | null;
    reason: string | null;
    at: string;
  }[];
}

/** A draft with its newest version, as the tables hold it. */
export interface DraftRow {
  readonly message_id: string;
  readonly incident_id: string;
  readonly snapshot_id: string;
  readonly mode: Mode;
  readonly safety: boolean;
  readonly stage: string;
  readonly groups: Group[];
  readonly classes: number[];
  readonly state: DraftState;
  readonly version: number;
  readonly submitted_by: string | null;
  readonly texts: Texts;
  readonly fields: Fields;
  readonly audience: Readonly<Record<string, unknown>>;
  readonly channels: Channel[];
  readonly reach: number;
  readonly approvers_needed: number;
  readonly template: string | null;
  readonly hash: string;
  readonly as_of: Date;
  readonly send_before: Date;
  readonly not_before: Date | null;
  readonly number: string;
  readonly authors: string[];
  readonly returned_by: string | null;
  readonly dispatch_id: string | null;
  readonly occasion: number;
}

/** Reads drafts with their newest version. @param where a condition over `d` (draft), `m` (message), `v` (version) */
export const draftSql = (where: string): string => `
  select d.message_id, d.incident_id, d.snapshot_id, m.mode, m.safety, m.occasion, d.stage, d.groups, d.classes, d.state, v.version,
         d.submitted_by, v.texts, v.fields, v.audience, v.channels, v.reach, v.approvers_needed, v.template,
         encode(v.content_sha256, 'hex') as hash, v.as_of, v.send_before, v.not_before,
         coalesce((select f.facts ->> 'number' from communication.fact_sheet f where f.incident_id = d.incident_id order by f.version desc limit 1), '') as number,
         array(select distinct w.author from communication.message_version w where w.message_id = d.message_id) as authors,
         (select e.by_person from communication.draft_event e where e.message_id = d.message_id and e.what = 'returned' order by e.n desc limit 1) as returned_by,
         (select x.id from communication.dispatch x where x.message_id = d.message_id order by x.version desc limit 1) as dispatch_id
    from communication.draft d
    join communication.message m on m.id = d.message_id
    join communication.message_version v on v.message_id = d.message_id
     and v.version = (select max(w.version) from communication.message_version w where w.message_id = d.message_id)
   where ${where}`;

/** Puts together what is shown of a draft: texts as read, problems, forecast, who did what. */
export async function viewOf(
  tx: Tx,
  row: DraftRow,
  settings: CommunicationSettings,
  areaNames: AreaNamesRepository,
): Promise<MessageView> {
  const areas = await areaNames.around(tx, (row.fields.areas ?? '').split('|').filter(Boolean));
  const rendering = renderingOf(storedOf(row), areas, settings.linkBase);
  const counts = await countsOf(tx, row);
  const languages = allLanguages.filter((language) =>
    counts.some((entry) => entry.language === language),
  );
  const problems = contentProblems({
    ...rendering,
    languages,
    channels: row.channels,
    areEmergencyCallsHit: row.safety,
  });
  const texts = shownTexts(rendering, counts);
  return {
    messageId: row.message_id,
    incidentId: row.incident_id,
    incidentNumber: row.number,
    mode: row.mode,
    stage: row.stage,
    groups: row.groups,
    classes: row.classes,
    state: row.state,
    version: row.version,
    contentSha256: row.hash,
    reach: row.reach,
    approversNeeded: row.approvers_needed,
    approvals: await approvalsOf(tx, row),
    authors: row.authors,
    submittedBy: row.submitted_by,
    channels: row.channels,
    texts,
    problems,
    forecast: forecastOf(counts, texts, settings),
    sendBefore: row.send_before.toISOString(),
    template: row.template,
    dispatchId: row.dispatch_id,
    history: await historyOf(tx, row.message_id),
  };
}

const storedOf = (row: DraftRow): StoredVersion => ({
  messageId: row.message_id,
  version: row.version,
  incidentId: row.incident_id,
  mode: row.mode,
  texts: row.texts,
  fields: row.fields,
  channels: row.channels,
  asOf: row.as_of,
  sendBefore: row.send_before,
  incidentNumber: row.number,
});

/** The addresses that this draft would reach, by language, channel and country. */
export async function countsOf(
  tx: Tx,
  row: Pick<DraftRow, 'snapshot_id' | 'groups' | 'classes' | 'mode'>,
): Promise<Headcount[]> {
  const [seen] = await tx.query<{ counts: Headcount[] }>(
    `select counts from communication.audience_seen where snapshot_id = $1`,
    [row.snapshot_id],
  );
  return (seen?.counts ?? [])
    .filter((entry) => row.groups.includes(entry.group) && row.classes.includes(entry.class))
    .map((entry) => ({
      ...entry,
      count: row.mode === 'ACTUAL' ? entry.count : entry.exerciseCount,
    }))
    .filter((entry) => entry.count > 0);
}

function shownTexts(
  rendering: Parameters<typeof rendered>[0],
  counts: readonly Headcount[],
): ShownText[] {
  const keys = [...new Set(counts.map((entry) => `${entry.language} ${entry.channel}`))].sort();
  return keys.flatMap((key) => {
    const [language, channel] = key.split(' ') as [Language, Channel];
    const recipientCount = counts
      .filter((entry) => entry.language === language && entry.channel === channel)
      .reduce((sum, entry) => sum + entry.count, 0);
    try {
      return [
        { channel, recipientCount, ...asShown(rendered(rendering, language, channel)), language },
      ];
    } catch {
      // A text that cannot be filled is among the problems, in words; here it is simply not shown.
      return [{ language, channel, recipientCount }];
    }
  });
}

const asShown = (text: RenderedSms | RenderedEmail): Partial<ShownText> =>
  'sms' in text
    ? { sms: text.sms, segments: text.segments }
    : { subject: text.subject, text: text.text };

function forecastOf(
  counts: readonly Headcount[],
  texts: readonly ShownText[],
  settings: CommunicationSettings,
): Forecast {
  const segments = Object.fromEntries(
    texts.flatMap((text) => (text.segments === undefined ? [] : [[text.language, text.segments]])),
  );
  const groups = counts
    .filter((entry) => entry.channel === 'sms' && segments[entry.language] !== undefined)
    .map((entry) => ({
      country: entry.country,
      language: entry.language,
      recipientCount: entry.count,
    }));
  const estimate = smsEstimate({
    groups,
    segments,
    prices: settings.prices,
    capPerSecond: settings.smsPerSecond,
  });
  return {
    recipientCount: counts.reduce((sum, entry) => sum + entry.count, 0),
    segmentCount: estimate.segmentCount,
    cost: estimate.sums,
    minutes: estimate.minutes,
  };
}

async function approvalsOf(
  tx: Tx,
  row: DraftRow,
): Promise<{ by: string; at: string; expiresAt: string }[]> {
  const rows = await tx.query<{ approver: string; approved_at: Date; expires_at: Date }>(
    `select approver, approved_at, expires_at from communication.approval where message_id = $1 and version = $2 order by ordinal`,
    [row.message_id, row.version],
  );
  return rows.map((one) => ({
    by: one.approver,
    at: one.approved_at.toISOString(),
    expiresAt: one.expires_at.toISOString(),
  }));
}

async function historyOf(tx: Tx, messageId: string): Promise<MessageView['history'][number][]> {
  const rows = await tx.query<{
    what: string;
    version: number;
    by_person: string | null;
    reason: string | null;
    at: Date;
  }>(
    `select what, version, by_person, reason, at from communication.draft_event where message_id = $1 order by n`,
    [messageId],
  );
  return rows.map((one) => ({
    what: one.what,
    version: one.version,
    by: one.by_person,
    reason: one.reason,
    at: one.at.toISOString(),
  }));
}
