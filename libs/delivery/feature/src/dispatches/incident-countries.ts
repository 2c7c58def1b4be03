import type { Country } from '@varde/platform-auth';

/**
 * The country of an incident, asked of whoever composes the contexts: delivery holds no facts of incidents, and may not read those
 * of another schema.
 *
 * @source S-4; `architecture.md` §6
 */
export abstract class IncidentCountries {
  /** Undefined where there is no such incident. */
  abstract countryOf(incidentId: string): Promise<Country | undefined>;
}
