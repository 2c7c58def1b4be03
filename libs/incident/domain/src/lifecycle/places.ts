import { Refusal } from '@varde/kernel';
import { countries, type Country } from '../vocabulary';

/** Places that somebody names. */
export interface NamedPlaces {
  readonly elements: readonly string[];
  readonly areas: readonly string[];
}

/** What our copy of the network's shape holds of them. */
export interface KnownPlaces {
  /** The country in which an element stands; what is not here, we do not know. */
  readonly countryOfElement: ReadonlyMap<string, string>;
  readonly areas: ReadonlySet<string>;
}

/**
 * Refuses places that are not there or that lie in another country: they would hit nobody, or people of another country. A
 * country's own code is the whole of it, whether or not its areas have been imported.
 *
 * @throws Refusal `area-unknown`, `area-of-another-country`, `element-unknown`, `element-of-another-country`
 * @source A-9; UX-09
 */
export function checkPlaces(country: Country, named: NamedPlaces, known: KnownPlaces): void {
  for (const code of named.areas) {
    const itsCountry = countries.find((one) => code === one || code.startsWith(`${one}-`));
    if (itsCountry !== undefined && itsCountry !== country)
      throw ofAnotherCountry('area', code, country);
    if (code !== country && !known.areas.has(code)) throw unknownPlace('area', code);
  }
  for (const id of named.elements) {
    const itsCountry = known.countryOfElement.get(id);
    if (itsCountry === undefined) throw unknownPlace('element', id);
    if (itsCountry !== country) throw ofAnotherCountry('element', id, country);
  }
}

/**
 * Refuses alarms of another country.
 *
 * @param abroad  those of the alarms named that were heard in other countries only
 * @throws Refusal `alarm-of-another-country`
 * @source standards §1.6 `alarms[]`
 */
export function checkAlarms(country: Country, abroad: readonly string[]): void {
  const [first] = abroad;
  if (first !== undefined) throw ofAnotherCountry('alarm', first, country);
}

const unknownPlace = (what: 'area' | 'element', id: string): Refusal =>
  new Refusal(
    `${what}-unknown`,
    `We know no ${what} ${readable(id)}; correct ${what}s.`,
    {},
    `${what}s`,
  );

const ofAnotherCountry = (
  what: 'area' | 'element' | 'alarm',
  id: string,
  country: Country,
): Refusal =>
  new Refusal(
    `${what}-of-another-country`,
    `The ${what} ${readable(id)} is of another country than the incident, which is in ${country}; correct ${what}s.`,
    { country },
    `${what}s`,
  );

// An id is somebody's typing: it must break no line of a log or a terminal (S-29).
const readable = (id: string): string => id.replace(/\p{C}/gu, '?').slice(0, 60);
