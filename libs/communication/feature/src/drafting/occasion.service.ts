import { randomBytes, randomUUID } from 'node:crypto';
import type { AudienceResolved } from '@varde/contracts';
import {
  contentProblems,
  factsOf,
  fieldsFor,
  planMessages,
  renderEmail,
  renderSms,
  templateOf,
  trueUntil,
  type Fields,
  type IncidentSketch,
  type Language,
  type PlannedMessage,
  type StandingMessage,
  type Texts,
} from '@varde/communication-domain';
import { hours, minutes, parseInstant, plus, toIso, type Clock, type Instant } from '@varde/kernel';
import type { Tx } from '@varde/platform-database';
import type { Outbox } from '@varde/platform-outbox';
import type { CommunicationSettings } from '../settings';
import { AreaNamesRepository } from '../texts/area-names.repository';
import { sketchOf } from '../texts/incident-sketch';
import { addTimer } from '../timers/timer.repository';
import { dispatchByPolicy } from './dispatch-by-policy';

/** Who stands as the author where no person has touched anything: the system itself, which can approve nothing. */
export const systemPerson = '00000000-0000-0000-0000-000000000000';

interface TemplateRow {
  readonly version: number;
  readonly texts: Texts;
  readonly author: string;
}

const news: readonly AudienceResolved['changed'][number][] = [
  'estimate',
  'cause',
  'next-update',
  'emergency-calls',
];

// How long a text may be sent when no promise in it ends sooner.
const lifeOfText = hours(6);

/**
 * Turns "these people are concerned" into messages: keeps the fact sheet, withdraws drafts that the new ones cover, drafts each
 * planned message in every language that its readers need, and lets go at once what a policy allows. One transaction; a repeat
 * finds its snapshot known and changes nothing.
 *
 * @source `architecture.md` §4; invariants §2.1, §2.5
 */
export class OccasionService {
  private readonly areaNames = new AreaNamesRepository();

  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly settings: CommunicationSettings,
  ) {}

  /** Takes an audience that was resolved. */
  async take(tx: Tx, resolved: AudienceResolved): Promise<void> {
    if (!(await this.isNew(tx, resolved))) return;
    const now = this.clock.now();
    const { incident } = resolved;
    const link = await this.linkOf(tx, incident.incidentId);
    const named = resolved.namedAreas.length > 0 ? resolved.namedAreas : [incident.country];
    const sketch = sketchOf(incident, named);
    const left = sketchOf(incident, await this.areasLeft(tx, incident, named));
    const plan = planMessages(
      {
        incident: { ...sketch, mode: incident.mode },
        kind: resolved.occasion,
        snapshotVersion: resolved.snapshotVersion,
        hasNews: resolved.changed.some((one) => news.includes(one)),
        headcounts: resolved.counts,
        standing: await this.standing(tx, incident.incidentId),
      },
      now,
    );
    for (const messageId of plan.withdraw) await this.withdraw(tx, messageId);
    const sentAt = await this.firstSentAt(tx, incident.incidentId);
    for (const planned of plan.messages) {
      // Whoever is restored reads of the place that is restored, not of the one that is still down.
      const words =
        planned.groups.includes('restored') && resolved.occasion === 'hit' ? left : sketch;
      await this.draft(tx, resolved, words, planned, { link, sentAt }, now);
    }
    await this.setTimers(tx, resolved, now);
  }

  private async isNew(tx: Tx, resolved: AudienceResolved): Promise<boolean> {
    const { incident } = resolved;
    await tx.query(
      `insert into communication.fact_sheet (incident_id, version, facts, hit) values ($1, $2, $3, $4) on conflict do nothing`,
      [
        incident.incidentId,
        incident.version,
        JSON.stringify(incident),
        JSON.stringify(resolved.hit),
      ],
    );
    const rows = await tx.query(
      `insert into communication.audience_seen (incident_id, snapshot_version, snapshot_id, occasion, counts, unreachable)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning 1`,
      [
        incident.incidentId,
        resolved.snapshotVersion,
        resolved.snapshotId,
        resolved.occasion,
        JSON.stringify(resolved.counts),
        JSON.stringify(resolved.unreachable),
      ],
    );
    return rows.length > 0;
  }

  /** The areas of the version before that are not hit any more; all of it where none fell away whole. */
  private async areasLeft(
    tx: Tx,
    incident: AudienceResolved['incident'],
    named: readonly string[],
  ): Promise<readonly string[]> {
    const [before] = await tx.query<{ areas: string[] }>(
      `select f.facts -> 'areas' as areas from communication.fact_sheet f where f.incident_id = $1 and f.version < $2 order by f.version desc limit 1`,
      [incident.incidentId, incident.version],
    );
    const left = (before?.areas ?? []).filter((area) => !named.includes(area));
    return left.length > 0 ? left : named;
  }

  private async linkOf(tx: Tx, incidentId: string): Promise<string> {
    await tx.query(
      `insert into communication.incident_link values ($1, $2) on conflict (incident_id) do nothing`,
      [incidentId, token()],
    );
    const [row] = await tx.query<{ token: string }>(
      `select token from communication.incident_link where incident_id = $1`,
      [incidentId],
    );
    return row?.token ?? '';
  }

  private async standing(tx: Tx, incidentId: string): Promise<StandingMessage[]> {
    return tx.query<StandingMessage>(
      `select d.message_id as "messageId", m.occasion, d.groups, d.classes, d.state
         from communication.draft d join communication.message m on m.id = d.message_id where d.incident_id = $1 for update of d`,
      [incidentId],
    );
  }

  private async firstSentAt(tx: Tx, incidentId: string): Promise<Instant | undefined> {
    const [row] = await tx.query<{ at: Date | null }>(
      `select min(dispatched_at) as at from communication.dispatch where incident_id = $1`,
      [incidentId],
    );
    return row?.at ? parseInstant(row.at.toISOString()) : undefined;
  }

  private async withdraw(tx: Tx, messageId: string): Promise<void> {
    await tx.query(
      `update communication.draft set state = 'withdrawn', changed_at = platform.clock(), note = 'covered by a newer update' where message_id = $1`,
      [messageId],
    );
    await tx.query(
      `insert into communication.draft_event (message_id, version, what, reason)
       select message_id, version, 'withdrawn', 'covered by a newer update' from communication.draft where message_id = $1`,
      [messageId],
    );
  }

  private async draft(
    tx: Tx,
    resolved: AudienceResolved,
    sketch: IncidentSketch,
    planned: PlannedMessage,
    setting: { link: string; sentAt: Instant | undefined },
    now: Instant,
  ): Promise<void> {
    const { incident } = resolved;
    const template = templateOf(planned.stage);
    const stored = await this.storedTemplate(tx, template.id);
    const asOf = Math.floor(now / 60_000) * 60_000;
    const fields = fieldsFor(template, factsOf(sketch, planned.stage, setting, now));
    const sendBefore = this.sendBefore(fields, now);
    const areas = await this.areaNames.around(tx, sketch.areas);
    const texts: Texts = stored?.texts ?? template.texts;
    const rendering = {
      texts,
      fields,
      areas,
      linkBase: this.settings.linkBase,
      mode: incident.mode,
      incidentNumber: incident.number,
      now: asOf as Instant,
      sendBefore,
    };
    const problems = contentProblems({
      ...rendering,
      languages: planned.languages,
      channels: planned.channels,
      areEmergencyCallsHit: planned.safety,
    }).filter((problem) => problem.severity === 'block');
    const author = stored?.author ?? incident.changedBy ?? systemPerson;
    const messageId = randomUUID();
    await tx.query(
      `insert into communication.message (id, incident_id, mode, safety, created_by, occasion) values ($1, $2, $3, $4, $5, $6)`,
      [
        messageId,
        incident.incidentId,
        incident.mode,
        planned.safety,
        incident.changedBy ?? author,
        resolved.snapshotVersion,
      ],
    );
    for (const replaced of planned.replaces) {
      await tx.query(
        `insert into communication.supersession (message_id, replaces) values ($1, $2)`,
        [messageId, replaced],
      );
    }
    // Without a stored template the same words go in as free text: filled, and approved by a person each time.
    const free = stored ? undefined : filledTexts(rendering, planned.languages, planned.channels);
    await tx.query(
      `insert into communication.message_version (message_id, version, mode, texts, audience, reach, channels, template, template_version, fields, author, send_before, as_of)
       values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        messageId,
        incident.mode,
        JSON.stringify(free ?? texts),
        JSON.stringify(audienceOf(resolved, planned, sketch)),
        planned.reach,
        planned.channels,
        stored ? template.id : null,
        stored?.version ?? null,
        JSON.stringify(stored ? fields : {}),
        author,
        toIso(sendBefore),
        new Date(asOf).toISOString(),
      ],
    );
    await tx.query(
      `insert into communication.draft (message_id, incident_id, snapshot_id, stage, groups, classes, state, problem)
       values ($1, $2, $3, $4, $5, $6, 'drafted', $7)`,
      [
        messageId,
        incident.incidentId,
        resolved.snapshotId,
        planned.stage,
        planned.groups,
        planned.classes,
        problems.length > 0 ? problems.map((p) => p.sentence).join(' ') : null,
      ],
    );
    await tx.query(
      `insert into communication.draft_event (message_id, version, what, by_person) values ($1, 1, 'drafted', $2)`,
      [messageId, incident.changedBy],
    );
    if (planned.isFirstWord && stored && problems.length === 0) {
      await dispatchByPolicy(tx, this.outbox, {
        messageId,
        template: template.id,
        templateVersion: stored.version,
        planned,
        resolved,
      });
    }
  }

  private sendBefore(fields: Fields, now: Instant): Instant {
    const end = trueUntil(fields);
    const latest = plus(now, lifeOfText);
    return end !== undefined && end < latest ? end : latest;
  }

  private async storedTemplate(tx: Tx, id: string): Promise<TemplateRow | undefined> {
    const [row] = await tx.query<TemplateRow>(
      `select t.version, t.texts, t.author from communication.template_version t
        where t.template = $1 and (select count(*) from communication.template_approval a where (a.template, a.version) = (t.template, t.version)) >= 2
        order by t.version desc limit 1`,
      [id],
    );
    return row;
  }

  private async setTimers(tx: Tx, resolved: AudienceResolved, now: Instant): Promise<void> {
    const { incident } = resolved;
    if (incident.mode !== 'ACTUAL' || resolved.occasion !== 'hit') return;
    const promised =
      incident.nextUpdateBy === null ? undefined : parseInstant(incident.nextUpdateBy);
    if (promised !== undefined && promised > now) {
      await addTimer(
        tx,
        this.outbox,
        'next-update-soon',
        incident.incidentId,
        undefined,
        plus(promised, minutes(-10)),
        { version: incident.version },
      );
    }
    if (resolved.snapshotVersion === 1 && incident.severity !== 'minor') {
      await addTimer(
        tx,
        this.outbox,
        'first-statement-soon',
        incident.incidentId,
        undefined,
        plus(now, minutes(10)),
        {},
      );
      await addTimer(
        tx,
        this.outbox,
        'first-statement-due',
        incident.incidentId,
        undefined,
        plus(now, minutes(15)),
        {},
      );
    }
  }
}

const audienceOf = (
  resolved: AudienceResolved,
  planned: PlannedMessage,
  sketch: IncidentSketch,
): object => ({
  snapshot: resolved.snapshotId,
  snapshot_version: resolved.snapshotVersion,
  groups: planned.groups,
  classes: planned.classes,
  ...(sketch.areas.includes(sketch.country) && { whole_country: true }),
});

function filledTexts(
  rendering: Omit<Parameters<typeof renderSms>[0], 'language'>,
  languages: readonly Language[],
  channels: readonly ('sms' | 'email')[],
): Texts {
  return Object.fromEntries(
    languages.map((language) => [
      language,
      {
        ...(channels.includes('sms') && {
          sms: renderSms({ ...rendering, mode: 'ACTUAL', language }).sms,
        }),
        ...(channels.includes('email') && {
          email: plainEmail(renderEmail({ ...rendering, mode: 'ACTUAL', language })),
        }),
      },
    ]),
  );
}

const plainEmail = ({
  subject,
  text,
}: {
  subject: string;
  text: string;
}): { subject: string; text: string } => ({ subject, text });

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

// Four to a million incidents would do; eight are not guessed one from another.
const token = (): string =>
  [...randomBytes(8)].map((byte) => alphabet[byte % alphabet.length]).join('');
