import type { Country } from '@varde/incident-domain/vocabulary';
import type { Database } from '@varde/platform-database';

/** The country of an incident, for a program that holds things of other contexts against it. It never changes. */
export async function countryOfIncident(
  database: Database,
  incidentId: string,
): Promise<Country | undefined> {
  const [row] = await database.unitOfWork('varde_incident', (tx) =>
    tx.query<{ country: Country }>(`select country from incident.incident where id = $1`, [
      incidentId,
    ]),
  );
  return row?.country;
}
