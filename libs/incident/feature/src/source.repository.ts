import { Refusal } from '@varde/kernel';
import type { Source } from '@varde/incident-domain';
import type { Tx } from '@varde/platform-database';

interface SourceRow {
  readonly id: string;
  readonly topic: string;
  readonly dialect: Source['dialect'];
  readonly country: Source['country'];
  readonly mode: Source['mode'];
  readonly rights: Source['rights'];
  readonly active: boolean;
  readonly cause_numbers: Record<string, string> | null;
}

/** The register of network systems and desks that may tell us something: data with an author and a history. */
export class SourceRepository {
  /** Every registered source, by id. */
  async all(tx: Tx): Promise<readonly Source[]> {
    const rows = await tx.query<SourceRow>(
      `select id, topic, dialect, country, mode, rights, active, cause_numbers from incident.source order by id`,
    );
    return rows.map(sourceOf);
  }

  /**
   * Registers a source, or changes one. Registering what is already so changes nothing.
   *
   * @param byWho  the person's id, or the role of the machine room
   * @throws Refusal `topic-has-another-source` when the topic already has a source whose dialect has no headers
   */
  async register(tx: Tx, source: Source, byWho: string): Promise<void> {
    const [was] = await tx.query<{ was: unknown }>(
      `select to_jsonb(s) as was from incident.source s where id = $1 for update`,
      [source.id],
    );
    await this.refuseSecondWithoutHeaders(tx, source);
    const [became] = await tx.query<{ became: unknown }>(
      `insert into incident.source as s (id, topic, dialect, country, mode, rights, active, cause_numbers, registered_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (id) do update set topic = excluded.topic, dialect = excluded.dialect, country = excluded.country,
           mode = excluded.mode, rights = excluded.rights, active = excluded.active, cause_numbers = excluded.cause_numbers,
           registered_by = excluded.registered_by, registered_at = platform.clock()
         where (s.topic, s.dialect, s.country, s.mode, s.rights, s.active, s.cause_numbers) is distinct from
           (excluded.topic, excluded.dialect, excluded.country, excluded.mode, excluded.rights, excluded.active, excluded.cause_numbers)
       returning to_jsonb(s) as became`,
      [
        source.id,
        source.topic,
        source.dialect,
        source.country,
        source.mode,
        source.rights,
        source.active,
        source.causeNumbers ? JSON.stringify(source.causeNumbers) : null,
        byWho,
      ],
    );
    if (!became) return;
    await tx.query(
      `insert into incident.source_history (source_id, was, became, by_who) values ($1, $2, $3, $4)`,
      [source.id, was ? JSON.stringify(was.was) : null, JSON.stringify(became.became), byWho],
    );
  }

  private async refuseSecondWithoutHeaders(tx: Tx, source: Source): Promise<void> {
    if (source.dialect === 'cloudevents-tmf642' || !source.active) return;
    const [other] = await tx.query<{ id: string }>(
      `select id from incident.source where topic = $1 and id <> $2 and active and dialect <> 'cloudevents-tmf642'`,
      [source.topic, source.id],
    );
    if (other) {
      throw new Refusal(
        'topic-has-another-source',
        `Records of topic ${source.topic} already belong to ${other.id}; give ${source.id} a topic of its own.`,
        { topic: source.topic, source: other.id },
        'topic',
      );
    }
  }
}

const sourceOf = ({ cause_numbers: causeNumbers, ...row }: SourceRow): Source => ({
  ...row,
  ...(causeNumbers ? { causeNumbers } : {}),
});
