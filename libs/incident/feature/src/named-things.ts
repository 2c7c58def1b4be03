import { checkAlarms, checkPlaces, type NamedPlaces } from '@varde/incident-domain';
import type { Country } from '@varde/incident-domain/vocabulary';
import type { Tx } from '@varde/platform-database';
import type { AlarmRepository } from './alarm.repository';
import type { IncidentTopology } from './topology.repository';

/** Asks our own copies whether what a person names is there, and in the incident's country. */
export class NamedThings {
  constructor(
    private readonly topology: IncidentTopology,
    private readonly alarms: AlarmRepository,
  ) {}

  /** @throws Refusal of {@link checkPlaces} and {@link checkAlarms} */
  async check(
    tx: Tx,
    country: Country,
    { alarms = [], ...places }: NamedPlaces & { readonly alarms?: readonly string[] },
  ): Promise<void> {
    checkPlaces(country, places, await this.topology.known(tx, places));
    checkAlarms(country, await this.alarms.abroad(tx, country, alarms));
  }
}
