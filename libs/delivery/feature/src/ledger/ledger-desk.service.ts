import { Refusal } from '@varde/kernel';
import { countries, isPermitted, rightMissing, type SignedInPerson } from '@varde/platform-auth';
import type { Database } from '@varde/platform-database';
import type { IncidentCountries } from '../dispatches/incident-countries';
import { checkLedger, type Ledger } from './ledger.service';

/** The account as a signed-in person may see it: of an incident in their countries, or, with a right in all of them, the whole. */
export class LedgerDesk {
  constructor(
    private readonly database: Database,
    private readonly incidents: IncidentCountries,
  ) {}

  /** @throws Refusal `no-such-incident`; `right-missing` for the whole without a right in every country */
  async check(person: SignedInPerson, incidentId: string | undefined): Promise<Ledger> {
    await this.maySee(person, incidentId);
    return this.database.unitOfWork('varde_delivery', (tx) => checkLedger(tx, incidentId));
  }

  private async maySee(person: SignedInPerson, incidentId: string | undefined): Promise<void> {
    if (incidentId === undefined) {
      const missing = countries.find((one) => !isPermitted(person, 'ledger.read', one));
      if (missing) throw rightMissing('ledger.read', missing);
      return;
    }
    const country = await this.incidents.countryOf(incidentId);
    if (country !== undefined && isPermitted(person, 'ledger.read', country)) return;
    throw new Refusal('no-such-incident', `There is no incident ${incidentId}.`, {
      id: incidentId,
    });
  }
}
