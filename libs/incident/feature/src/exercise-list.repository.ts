import type { ExerciseView } from '@varde/contracts';
import type { Country } from '@varde/incident-domain/vocabulary';
import type { Tx } from '@varde/platform-database';

interface ExerciseRow {
  readonly id: string;
  readonly country: Country;
  readonly started_by: string;
  readonly started_at: Date;
  readonly ended_by: string | null;
  readonly ended_at: Date | null;
}

/** Exercises of these countries, newest first; at most 100. */
export async function exercisesIn(tx: Tx, countries: readonly Country[]): Promise<ExerciseView[]> {
  const rows = await tx.query<ExerciseRow>(
    `select id, country, started_by, started_at, ended_by, ended_at from incident.exercise
      where country = any($1::text[]) order by started_at desc, id limit 100`,
    [countries],
  );
  return rows.map((row) => ({
    exerciseId: row.id,
    country: row.country,
    startedBy: row.started_by,
    startedAt: row.started_at.toISOString(),
    endedBy: row.ended_by,
    endedAt: row.ended_at?.toISOString() ?? null,
  }));
}
