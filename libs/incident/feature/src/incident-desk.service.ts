import type {
  IncidentQuery,
  IncidentView,
  MergeIncident,
  RaiseIncident,
  ResolveIncident,
  UpdateIncident,
} from '@varde/contracts';
import type { Incident } from '@varde/incident-domain';
import { countries } from '@varde/incident-domain/vocabulary';
import { Refusal, type Clock } from '@varde/kernel';
import {
  isPermitted,
  rightMissing,
  type Permission,
  type SignedInPerson,
} from '@varde/platform-auth';
import type { Database, Tx } from '@varde/platform-database';
import type { Act, IncidentService, ShownIncident } from './incident.service';
import { incidentViewOf } from './incident-view';
import { raiseOnce, type Raised } from './raise-once';

/**
 * What a signed-in person does with incidents: one unit of work each, in the countries that their right covers. An incident of
 * another country is not there for them (S-4).
 */
export class IncidentDesk {
  constructor(
    private readonly database: Database,
    private readonly incidents: IncidentService,
    private readonly clock: Clock,
  ) {}

  /** Raises, once for each reference. @throws Refusal `right-missing`, and of the facts */
  async raise(person: SignedInPerson, body: RaiseIncident): Promise<Raised> {
    const { mode, country, reference, alarms, ...facts } = body;
    if (!isPermitted(person, 'incident.raise', country))
      throw rightMissing('incident.raise', country);
    const act = this.actOf(person);
    const raise = {
      mode,
      country,
      reference,
      namedAlarms: alarms,
      facts: { ...facts, awareAt: facts.awareAt ?? act.now },
    };
    return this.work((tx) => raiseOnce(tx, this.incidents, raise, act));
  }

  /** Newest first, of the countries that the person may see. */
  async list(
    person: SignedInPerson,
    { phase, country, mode, limit }: IncidentQuery,
  ): Promise<IncidentView[]> {
    const seen = countries.filter((one) => isPermitted(person, 'incident.read', one));
    const asked = seen.filter((one) => country === undefined || one === country);
    const found = await this.work(async (tx) => {
      const lists: (readonly Incident[])[] = [];
      for (const one of asked)
        lists.push(await this.incidents.list(tx, { country: one, mode, phases: phase, limit }));
      return lists.flat();
    });
    const newest = found.sort(
      (a, b) => b.declaredAt - a.declaredAt || (a.incidentId < b.incidentId ? -1 : 1),
    );
    return newest.slice(0, limit).map(incidentViewOf);
  }

  /** @throws Refusal `no-such-incident` */
  show(person: SignedInPerson, idOrNumber: string): Promise<ShownIncident> {
    return this.work((tx) => this.seen(tx, person, idOrNumber));
  }

  /** @throws Refusal `no-such-incident`, `right-missing`, `incident-is-over`, and of the facts */
  update(person: SignedInPerson, id: string, change: UpdateIncident): Promise<IncidentView> {
    return this.act(person, 'incident.update', id, (tx, one, act) =>
      this.incidents.update(tx, one, change, act),
    );
  }

  /** @throws Refusal `alarms-still-active`, `hold-down-running` unless a reason is given */
  resolve(
    person: SignedInPerson,
    id: string,
    { reason, restoredAt }: ResolveIncident,
  ): Promise<IncidentView> {
    const command = { reason: reason ?? null, ...(restoredAt === undefined ? {} : { restoredAt }) };
    return this.act(person, 'incident.resolve', id, (tx, one, act) =>
      this.incidents.resolve(tx, one, command, act),
    );
  }

  /** @throws Refusal `alarms-still-active`, `hold-down-running` */
  confirm(person: SignedInPerson, id: string): Promise<IncidentView> {
    return this.act(person, 'incident.confirm', id, (tx, one, act) =>
      this.incidents.confirmRestored(tx, one, act),
    );
  }

  /** @throws Refusal `incident-is-over` */
  cancel(person: SignedInPerson, id: string, reason: string): Promise<IncidentView> {
    return this.act(person, 'incident.cancel', id, (tx, one, act) =>
      this.incidents.cancel(tx, one, reason, act),
    );
  }

  /** @returns the incident that goes on @throws Refusal of the domain's merge */
  merge(
    person: SignedInPerson,
    id: string,
    { into, reason }: MergeIncident,
  ): Promise<IncidentView> {
    return this.act(person, 'incident.merge', id, async (tx, one, act) => {
      const { incident } = await this.mayAct(tx, person, 'incident.merge', into);
      return this.incidents.merge(tx, one, incident.incidentId, reason, act);
    });
  }

  /** @throws Refusal `illegal-transition` */
  reopen(person: SignedInPerson, id: string, reason: string): Promise<IncidentView> {
    return this.act(person, 'incident.reopen', id, (tx, one, act) =>
      this.incidents.reopen(tx, one, reason, act),
    );
  }

  private act(
    person: SignedInPerson,
    permission: Permission,
    idOrNumber: string,
    work: (tx: Tx, id: string, act: Act) => Promise<Incident>,
  ): Promise<IncidentView> {
    return this.work(async (tx) => {
      const { incident } = await this.mayAct(tx, person, permission, idOrNumber);
      return incidentViewOf(await work(tx, incident.incidentId, this.actOf(person)));
    });
  }

  private async mayAct(
    tx: Tx,
    person: SignedInPerson,
    permission: Permission,
    idOrNumber: string,
  ): Promise<ShownIncident> {
    const shown = await this.seen(tx, person, idOrNumber);
    const { country } = shown.incident;
    if (!isPermitted(person, permission, country)) throw rightMissing(permission, country);
    return shown;
  }

  private async seen(tx: Tx, person: SignedInPerson, idOrNumber: string): Promise<ShownIncident> {
    const shown = await this.incidents.show(tx, idOrNumber);
    if (!isPermitted(person, 'incident.read', shown.incident.country)) throw noSuch(idOrNumber);
    return shown;
  }

  private actOf = ({ personId }: SignedInPerson): Act => ({ personId, now: this.clock.now() });

  private work<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.unitOfWork('varde_incident', work);
  }
}

const noSuch = (id: string): Refusal =>
  new Refusal('no-such-incident', `There is no incident ${id}.`, { id });
