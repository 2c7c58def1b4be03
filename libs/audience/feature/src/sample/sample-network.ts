import type { ImportCountry, ImportLanguage } from '@varde/audience-domain';
import { sampleCountries, type SampleCountry, type SampleMunicipality } from './places';

/** Where people live and what serves them there. */
export interface SampleHome {
  readonly country: ImportCountry;
  readonly area: string;
  readonly cells: readonly string[];
  readonly accessNodes: readonly string[];
}

/** A row of `elements.csv`: id, kind, parent, area, name, services. */
export type SampleElement = readonly [string, string, string, string, string, string];

const mobile = 'mobile-voice|mobile-data|sms|emergency-call|iot';
const fixed = 'broadband|fixed-voice|tv|hosted-switchboard|emergency-call';
const voiceCore = 'mobile-voice|mobile-data|sms|emergency-call|iot|fixed-voice|hosted-switchboard';
const everything = `${mobile}|broadband|fixed-voice|tv|hosted-switchboard`;
const cores: Readonly<Record<ImportCountry, string>> = {
  NO: 'core/NO/mss-1',
  SE: 'core/SE/mss-2',
  DK: 'core/DK/mss-3',
};
const firstSites: Readonly<Record<ImportCountry, number>> = { NO: 20_417, SE: 30_101, DK: 40_101 };
const customersPerCell = 150;
const customersPerAccessNode = 600;
const cellsPerSite = 3;
const leastSites = 200;

/** Areas as features, widest first. */
export function* sampleAreas(): Generator<object> {
  for (const country of sampleCountries)
    yield feature(country.code, '', 'country', country.names, {});
  for (const country of sampleCountries) {
    for (const one of country.counties) {
      yield feature(one.code, country.code, 'county', namesOf(country, one.name, one.names), {});
    }
    for (const one of country.municipalities) {
      yield feature(
        one.code,
        one.county,
        'municipality',
        namesOf(country, one.name, one.names),
        inNamesOf(one),
      );
    }
  }
}

/** The network of a world of this size: about one cell for 150 customers, and where people live in it. */
export function sampleNetwork(customerCount: number): {
  elements: SampleElement[];
  homes: SampleHome[];
} {
  const elements: SampleElement[] = [];
  const homes: SampleHome[] = [];
  const weight = sampleCountries
    .flatMap((one) => one.municipalities)
    .reduce((sum, one) => sum + one.weight, 0);
  for (const country of sampleCountries) {
    const { code } = country;
    elements.push([cores[code], 'core', '', code, '', voiceCore]);
    for (const one of country.counties)
      elements.push([regionOf(one.code), 'region', cores[code], one.code, one.name, everything]);
    let site = firstSites[code];
    for (const town of country.municipalities) {
      const share = town.weight / weight;
      const siteCount = Math.ceil(
        share * Math.max(leastSites, customerCount / customersPerCell / cellsPerSite),
      );
      const home = townNetwork(
        town,
        code,
        site,
        siteCount,
        Math.ceil((share * customerCount) / customersPerAccessNode),
        elements,
      );
      site += siteCount;
      homes.push(home);
    }
  }
  return { elements, homes };
}

function townNetwork(
  town: SampleMunicipality,
  country: ImportCountry,
  firstSite: number,
  siteCount: number,
  accessCount: number,
  elements: SampleElement[],
): SampleHome {
  const cells: string[] = [];
  const accessNodes: string[] = [];
  const region = regionOf(town.county);
  for (let number = firstSite; number < firstSite + siteCount; number++) {
    const site = `site/${country}/${number}`;
    elements.push([
      site,
      'site',
      region,
      town.code,
      `${town.name} ${number - firstSite + 1}`,
      mobile,
    ]);
    for (let cell = 1; cell <= cellsPerSite; cell++) {
      cells.push(`cell/${country}/${number}-${cell}`);
      elements.push([`cell/${country}/${number}-${cell}`, 'cell', site, town.code, '', mobile]);
    }
  }
  for (let number = 1; number <= Math.max(1, accessCount); number++) {
    const node = `access/${country}/${town.code.slice(3)}-${number}`;
    accessNodes.push(node);
    elements.push([node, 'access', region, town.code, '', fixed]);
  }
  return { country, area: town.code, cells, accessNodes };
}

const regionOf = (county: string): string => `region/${county.slice(0, 2)}/${county.slice(3)}`;

type Names = Partial<Record<ImportLanguage, string>>;

// Only Norwegian places have a name in nn of their own; elsewhere nn is missing on purpose, so that a fallback is seen.
function namesOf(country: SampleCountry, name: string, names: Names = {}): Names {
  const everywhere = {
    nb: name,
    sv: name,
    da: name,
    en: name,
    ...(country.code === 'NO' ? { nn: name } : {}),
  };
  return { ...everywhere, ...names };
}

function inNamesOf(town: SampleMunicipality): Names {
  if (!town.on) return {};
  const nordic = `på ${town.name}`;
  return { nb: nordic, nn: nordic, sv: nordic, da: nordic };
}

const feature = (
  code: string,
  parent: string,
  level: string,
  names: Names,
  inNames: Names,
): object => ({
  type: 'Feature',
  properties: {
    code,
    parent,
    level,
    names,
    ...(Object.keys(inNames).length > 0 ? { inNames } : {}),
  },
  geometry: null,
});
