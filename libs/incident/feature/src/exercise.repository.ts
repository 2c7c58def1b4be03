import { randomUUID } from 'node:crypto';
import { Refusal, toIso, type Instant } from '@varde/kernel';
import type { Country } from '@varde/incident-domain/vocabulary';
import type { Tx } from '@varde/platform-database';

/** Exercises: while one runs in a country, events of mode exercise feed it (D-08). */
export class ExerciseRepository {
  /** Does an exercise run in this country? */
  async runs(tx: Tx, country: Country): Promise<boolean> {
    const rows = await tx.query(
      `select 1 as one from incident.exercise where country = $1 and ended_at is null`,
      [country],
    );
    return rows.length > 0;
  }

  /** Begins one. @throws Refusal `exercise-runs-already` */
  async start(tx: Tx, country: Country, personId: string, now: Instant): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into incident.exercise (id, country, started_by, started_at) values ($1, $2, $3, $4)
       on conflict (country) where ended_at is null do nothing returning id`,
      [randomUUID(), country, personId, toIso(now)],
    );
    if (row) return row.id;
    throw new Refusal(
      'exercise-runs-already',
      `An exercise already runs in ${country}; end it before the next one.`,
      { country },
    );
  }

  /** Ends it. @throws Refusal `no-exercise-runs` */
  async end(tx: Tx, country: Country, personId: string, now: Instant): Promise<void> {
    const rows = await tx.query<{ id: string }>(
      `update incident.exercise set ended_by = $2, ended_at = $3 where country = $1 and ended_at is null returning id`,
      [country, personId, toIso(now)],
    );
    if (rows.length === 0)
      throw new Refusal('no-exercise-runs', `No exercise runs in ${country}.`, { country });
  }
}
