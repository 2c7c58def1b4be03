import type {
  Area,
  Channel,
  Fields,
  Language,
  Mode,
  Rendering,
  Texts,
} from '@varde/communication-domain';
import { renderEmail, renderSms } from '@varde/communication-domain';
import type { Database, Tx } from '@varde/platform-database';
import { AreaNamesRepository } from './area-names.repository';
import { renderingOf, type StoredVersion } from './version';

/** A text ready for a provider. */
export type DispatchContent =
  | { readonly kind: 'sms'; readonly text: string }
  | {
      readonly kind: 'email';
      readonly subject: string;
      readonly text: string;
      readonly language: string;
      readonly thread: string;
      readonly isUrgent: boolean;
    };

/** A dispatch whose content was checked. */
export interface CheckedDispatch {
  readonly incidentId: string;
  readonly mode: Mode;
  readonly sendBefore: number;
  contentFor(language: string, channel: Channel): DispatchContent;
}

interface DispatchRow {
  readonly message_id: string;
  readonly version: number;
  readonly incident_id: string;
  readonly mode: Mode;
  readonly texts: Texts;
  readonly fields: Fields;
  readonly channels: Channel[];
  readonly as_of: Date;
  readonly send_before: Date;
  readonly number: string;
  readonly safety: boolean;
  readonly is_whole: boolean;
  readonly is_approved: boolean;
}

const remembered = 500;

/**
 * The courier's side of A-3: what is sent is what was approved. The hash is computed again from the stored words, audience and
 * window, and must be the one that each approver signed, or the words must be the template's, letter by letter.
 */
export class ApprovedTexts {
  private readonly known = new Map<string, CheckedDispatch>();
  private readonly areas = new AreaNamesRepository();

  constructor(
    private readonly database: Database,
    private readonly linkBase: string,
  ) {}

  /**
   * @throws Error when the stored version is not what was approved: nothing of it may be sent
   */
  async load(dispatchId: string): Promise<CheckedDispatch> {
    // Checked before each batch, cheap as it is; the filled texts are remembered, since nothing in them can change.
    return this.database.transaction(async (tx) => {
      const row = await this.checkedRow(tx, dispatchId);
      const known = this.known.get(dispatchId);
      if (known) return known;
      const fresh = this.checked(
        row,
        await this.areas.around(tx, (row.fields.areas ?? '').split('|')),
      );
      this.known.set(dispatchId, fresh);
      if (this.known.size > remembered) this.known.delete(this.known.keys().next().value ?? '');
      return fresh;
    });
  }

  private async checkedRow(tx: Tx, dispatchId: string): Promise<DispatchRow> {
    const [row] = await tx.query<DispatchRow>(
      `select v.message_id, v.version, d.incident_id, d.mode, v.texts, v.fields, v.channels, v.as_of, v.send_before, m.safety,
              coalesce((select f.facts ->> 'number' from communication.fact_sheet f where f.incident_id = d.incident_id
                         order by f.version desc limit 1), 'varde') as number,
              communication.content_hash(v.texts, v.audience, v.reach, v.channels, v.mode, v.template, v.template_version, v.fields,
                v.as_of, v.not_before, v.send_before) = v.content_sha256 as is_whole,
              case when d.policy_id is null
                   then (select count(*) from communication.approval a
                          where a.message_id = v.message_id and a.version = v.version and a.content_sha256 = v.content_sha256
                            and a.ordinal in (d.first_approval, d.second_approval))
                        = case when d.second_approval is null then 1 else 2 end
                   else exists (select from communication.template_version t
                                 where (t.template, t.version, t.texts_sha256) = (v.template, v.template_version, communication.sha(v.texts::text)))
              end as is_approved
         from communication.dispatch d
         join communication.message_version v on (v.message_id, v.version) = (d.message_id, d.version)
         join communication.message m on m.id = d.message_id
        where d.id = $1`,
      [dispatchId],
    );
    if (!row) throw new Error(`No dispatch ${dispatchId}`);
    if (!row.is_whole || !row.is_approved) {
      throw new Error(
        `Dispatch ${dispatchId}: what is stored is not what was approved. Nothing of it is sent.`,
      );
    }
    return row;
  }

  private checked(row: DispatchRow, areas: readonly Area[]): CheckedDispatch {
    const version: StoredVersion = {
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
    };
    const rendering = renderingOf(version, areas, this.linkBase);
    const filled = new Map<string, DispatchContent>();
    return {
      incidentId: row.incident_id,
      mode: row.mode,
      sendBefore: row.send_before.getTime(),
      contentFor: (language, channel) => {
        const key = `${language} ${channel}`;
        const known = filled.get(key);
        if (known) return known;
        const fresh = contentOf(rendering, language as Language, channel, row);
        filled.set(key, fresh);
        return fresh;
      },
    };
  }
}

function contentOf(
  rendering: Omit<Rendering, 'language'>,
  language: Language,
  channel: Channel,
  row: DispatchRow,
): DispatchContent {
  if (channel === 'sms') return { kind: 'sms', text: renderSms({ ...rendering, language }).sms };
  const { subject, text, language: shown } = renderEmail({ ...rendering, language });
  return {
    kind: 'email',
    subject,
    text,
    language: shown,
    thread: row.number,
    isUrgent: row.safety,
  };
}
