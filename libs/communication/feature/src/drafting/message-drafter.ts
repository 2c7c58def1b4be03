import { randomUUID } from 'node:crypto';
import {
  contentProblems,
  factsOf,
  fieldsFor,
  renderEmail,
  renderSms,
  templateOf,
  sendBefore,
  type FactSetting,
  type IncidentSketch,
  type Language,
  type PlannedMessage,
  type Texts,
} from '@varde/communication-domain';
import { toIso, type Instant } from '@varde/kernel';
import type { Tx } from '@varde/platform-database';
import type { Outbox } from '@varde/platform-outbox';
import type { CommunicationSettings } from '../settings';
import { AreaNamesRepository } from '../texts/area-names.repository';
import { dispatchByPolicy } from './dispatch-by-policy';
import type { DraftBasis } from './draft-basis';

/** Who stands as the author where no person has touched anything: the system itself, which can approve nothing. */
export const systemPerson = '00000000-0000-0000-0000-000000000000';

interface TemplateRow {
  readonly version: number;
  readonly texts: Texts;
  readonly author: string;
}

/**
 * Writes a planned message as a draft, in every language that its readers need, from the newest ready text that two people
 * approved; and lets it go at once where a policy allows.
 *
 * @source invariants §2.1, A-10
 */
export class MessageDrafter {
  private readonly areaNames = new AreaNamesRepository();

  constructor(
    private readonly outbox: Outbox,
    private readonly settings: CommunicationSettings,
  ) {}

  /** @returns the new message's id */
  async draft(
    tx: Tx,
    basis: DraftBasis,
    sketch: IncidentSketch,
    planned: PlannedMessage,
    setting: FactSetting,
    now: Instant,
  ): Promise<string> {
    const { incident } = basis;
    const template = templateOf(planned.stage);
    const stored = await storedTemplate(tx, template.id);
    const asOf = Math.floor(now / 60_000) * 60_000;
    const fields = fieldsFor(template, factsOf(sketch, planned.stage, setting, now));
    const lastAt = sendBefore(fields, now);
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
      sendBefore: lastAt,
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
        basis.snapshotVersion,
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
        JSON.stringify(audienceOf(basis, planned, sketch)),
        planned.reach,
        planned.channels,
        stored ? template.id : null,
        stored?.version ?? null,
        JSON.stringify(stored ? fields : {}),
        author,
        toIso(lastAt),
        new Date(asOf).toISOString(),
      ],
    );
    await tx.query(
      `insert into communication.draft (message_id, incident_id, snapshot_id, stage, groups, classes, words, state, problem)
       values ($1, $2, $3, $4, $5, $6, $7, 'drafted', $8)`,
      [
        messageId,
        incident.incidentId,
        basis.snapshotId,
        planned.stage,
        planned.groups,
        planned.classes,
        planned.words,
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
        basis,
      });
    }
    return messageId;
  }
}

async function storedTemplate(tx: Tx, id: string): Promise<TemplateRow | undefined> {
  const [row] = await tx.query<TemplateRow>(
    `select t.version, t.texts, t.author from communication.template_version t
      where t.template = $1 and (select count(*) from communication.template_approval a where (a.template, a.version) = (t.template, t.version)) >= 2
      order by t.version desc limit 1`,
    [id],
  );
  return row;
}

const audienceOf = (
  basis: DraftBasis,
  planned: PlannedMessage,
  sketch: IncidentSketch,
): object => ({
  snapshot: basis.snapshotId,
  snapshot_version: basis.snapshotVersion,
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
