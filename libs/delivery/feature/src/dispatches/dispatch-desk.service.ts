import type { DispatchQuery, DispatchView } from '@varde/contracts';
import { Refusal } from '@varde/kernel';
import { countries, isPermitted, type SignedInPerson } from '@varde/platform-auth';
import type { Database } from '@varde/platform-database';
import { dispatchesOf, dispatchOf } from './dispatch.repository';
import type { IncidentCountries } from './incident-countries';

/** What a signed-in person sees of dispatches, in the countries that their right covers (S-4). */
export class DispatchDesk {
  constructor(
    private readonly database: Database,
    private readonly incidents: IncidentCountries,
  ) {}

  /** Newest first. @throws Refusal `no-such-incident` */
  async list(person: SignedInPerson, { incident, limit }: DispatchQuery): Promise<DispatchView[]> {
    const seesAll = countries.every((one) => isPermitted(person, 'dispatch.read', one));
    if (incident !== undefined && !(await this.sees(person, incident))) {
      throw new Refusal('no-such-incident', `There is no incident ${incident}.`, { id: incident });
    }
    const found = await this.database.unitOfWork('varde_delivery', (tx) =>
      dispatchesOf(tx, incident, limit),
    );
    return seesAll || incident !== undefined ? found : this.seenOf(person, found);
  }

  /** @throws Refusal `no-such-dispatch` */
  async show(person: SignedInPerson, dispatchId: string): Promise<DispatchView> {
    const found = await this.database.unitOfWork('varde_delivery', (tx) =>
      dispatchOf(tx, dispatchId),
    );
    if (found && (await this.sees(person, found.incidentId))) return found;
    throw new Refusal('no-such-dispatch', `There is no dispatch ${dispatchId}.`, {
      id: dispatchId,
    });
  }

  private async seenOf(
    person: SignedInPerson,
    found: readonly DispatchView[],
  ): Promise<DispatchView[]> {
    const seen = new Map<string, boolean>();
    for (const id of new Set(found.map((one) => one.incidentId)))
      seen.set(id, await this.sees(person, id));
    return found.filter((one) => seen.get(one.incidentId) === true);
  }

  private async sees(person: SignedInPerson, incidentId: string): Promise<boolean> {
    const country = await this.incidents.countryOf(incidentId);
    return country !== undefined && isPermitted(person, 'dispatch.read', country);
  }
}
