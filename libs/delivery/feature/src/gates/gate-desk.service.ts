import type { MovedGate, MoveGate } from '@varde/contracts';
import { Refusal } from '@varde/kernel';
import { countries, requireRoleNow, type Country, type SignedInPerson } from '@varde/platform-auth';
import type { Database } from '@varde/platform-database';
import { dispatchOf } from '../dispatches/dispatch.repository';
import type { IncidentCountries } from '../dispatches/incident-countries';
import { countsBehind } from './gate-counts.repository';
import type { GateService } from './gate.service';

/**
 * What a signed-in person does with the gates. Halting asks nobody and waits for nothing, in any country; a release needs the
 * right in each country that it opens, read and held while the gate moves (S-7).
 *
 * @source DL-7, S-39
 */
export class GateDesk {
  constructor(
    private readonly database: Database,
    private readonly gates: GateService,
    private readonly incidents: IncidentCountries,
  ) {}

  /** Everything that is halted now. */
  halted(): ReturnType<GateService['halted']> {
    return this.gates.halted();
  }

  /** @throws Refusal `no-such-incident`, `no-such-dispatch`: whoever mistypes an id must not think that it is halted */
  async halt(person: SignedInPerson, { reason, ...gate }: MoveGate): Promise<MovedGate> {
    await this.countriesOf(gate);
    await this.gates.halt(gate, person.personId, reason);
    return this.moved(gate, true, false);
  }

  /** @throws Refusal `not-halted` */
  async askRelease(person: SignedInPerson, { reason, ...gate }: MoveGate): Promise<MovedGate> {
    await this.gates.askRelease(gate, person.personId, reason);
    return this.moved(gate, true, true);
  }

  /** @throws Refusal `right-missing`, `no-release-request`, `release-by-same-person` */
  async release(person: SignedInPerson, { reason, ...gate }: MoveGate): Promise<MovedGate> {
    const opened = await this.countriesOf(gate);
    await this.database.unitOfWork('varde_identity', async (tx) => {
      for (const country of opened) {
        await requireRoleNow(tx, {
          personId: person.personId,
          permission: 'dispatch.release',
          country,
        });
      }
      await this.gates.release(gate, person.personId, reason);
    });
    return this.moved(gate, false, false);
  }

  private async moved(
    gate: Omit<MoveGate, 'reason'>,
    isHalted: boolean,
    isReleaseAsked: boolean,
  ): Promise<MovedGate> {
    const counts = await this.database.unitOfWork('varde_delivery', (tx) => countsBehind(tx, gate));
    return { ...gate, isHalted, isReleaseAsked, counts };
  }

  private async countriesOf({ scope, id }: Omit<MoveGate, 'reason'>): Promise<readonly Country[]> {
    if (scope !== 'incident' && scope !== 'dispatch') return countries;
    const incidentId = scope === 'incident' ? id : await this.incidentOf(id);
    const country = await this.incidents.countryOf(incidentId);
    if (country) return [country];
    throw new Refusal('no-such-incident', `There is no incident ${incidentId}.`, {
      id: incidentId,
    });
  }

  private async incidentOf(dispatchId: string): Promise<string> {
    const found = await this.database.unitOfWork('varde_delivery', (tx) =>
      dispatchOf(tx, dispatchId),
    );
    if (found) return found.incidentId;
    throw new Refusal('no-such-dispatch', `There is no dispatch ${dispatchId}.`, {
      id: dispatchId,
    });
  }
}
