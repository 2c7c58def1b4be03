import { Refusal } from '@varde/kernel';
import type { Channel, Country, Language } from '../vocabulary';
import { formatList } from './list';
import { formatWords } from './words';

/** How large an area is. */
export type AreaLevel = 'country' | 'county' | 'municipality';

/** An area as the import knows it. @source `reference/import-formats.md`, `areas.geojson` */
export interface Area {
  /** `NO`, `NO-46`, `NO-4601`. */
  readonly code: string;
  readonly level: AreaLevel;
  /** At least the country's own language. */
  readonly names: Readonly<Partial<Record<Language, string>>>;
  /** The name with its preposition, where *i / in* is wrong. */
  readonly inNames?: Readonly<Partial<Record<Language, string>>>;
  /** Code of the area around it. */
  readonly parent?: string;
}

/** What an area phrase is made from. */
export interface AreaSetting {
  readonly language: Language;
  /** In SMS three names or more become "parts of". */
  readonly channel: Channel;
  /** The areas hit, and the areas around them. */
  readonly known: readonly Area[];
}

/** One place of a phrase: how much of it, and how it is named with and without its preposition. */
interface Place {
  readonly amount: '' | 'partsOf' | 'allOf';
  readonly level: AreaLevel;
  readonly name: string;
  /** Undefined where the language's own *i / in* is right. */
  readonly preposition: string | undefined;
}

/**
 * The areas for a label: `Bergen og Askøy`, `deler av Vestland`, `hele Norge`.
 *
 * @throws Refusal `area-unknown` for a code that is not among the known areas, `area-missing` for none
 * @source `voice.md` §2.1
 */
export function formatArea(codes: readonly string[], setting: AreaSetting): string {
  const { shown, others } = placesOf(codes, setting);
  return formatList([...namesOf(shown, setting.language), ...others], setting.language);
}

/**
 * The areas for a sentence, with the preposition of the language or of the place: `i Bergen og Askøy`, `på Gotland`,
 * `in parts of Vestland`.
 *
 * @throws Refusal as `formatArea`
 * @source `voice.md` §2.1
 */
export function formatInArea(codes: readonly string[], setting: AreaSetting): string {
  const { language } = setting;
  const { shown, others } = placesOf(codes, setting);
  const usual = formatWords[language].preposition;
  const prepositions = shown.map((place) => place.preposition ?? usual);
  if (prepositions.every((word) => word === prepositions[0])) {
    return `${prepositions[0]} ${formatList([...namesOf(shown, language), ...others], language)}`;
  }
  const each = shown.map(
    (place, index) => `${prepositions[index]} ${nameWithAmount(place, language)}`,
  );
  return formatList([...each, ...others.map((other) => `${usual} ${other}`)], language);
}

/** "deler av Vestland", "Rogaland": an amount that all share is said once. */
function namesOf(places: readonly Place[], language: Language): readonly string[] {
  const shared = places.every((place) => place.amount === places[0]?.amount);
  return places.map((place, index) =>
    shared && index > 0 ? place.name : nameWithAmount(place, language),
  );
}

function nameWithAmount({ amount, name }: Place, language: Language): string {
  return amount ? `${formatWords[language][amount]} ${name}` : name;
}

/** The places to name, and how many more there are, in words: `4 andre kommuner`. */
function placesOf(
  codes: readonly string[],
  setting: AreaSetting,
): { shown: readonly Place[]; others: readonly string[] } {
  const areas = outermost(codes.map((code) => areaOf(code, setting)));
  if (areas.length === 0)
    throw new Refusal('area-missing', 'No area is named. Choose at least one area.');
  if (setting.channel === 'sms' && areas.length > 2)
    return { shown: collapsed(areas, setting), others: [] };
  const places = areas.map((area) =>
    placeOf(area, area.level === 'municipality' ? '' : 'allOf', setting),
  );
  if (places.length <= 4) return { shown: places, others: [] };
  const rest = new Set(areas.slice(3).map((area) => area.level));
  const [level = 'country'] = rest;
  const word = rest.size === 1 && level !== 'country' ? level : 'mixed';
  return {
    shown: places.slice(0, 3),
    others: [`${areas.length - 3} ${formatWords[setting.language].others[word]}`],
  };
}

/** Three places and more as one or two counties, or else as parts of the country. */
function collapsed(areas: readonly Area[], setting: AreaSetting): readonly Place[] {
  const counties = [...new Set(areas.map((area) => countyOf(area, setting)))];
  if (counties.length <= 2) {
    return counties.map((county) =>
      placeOf(county, areas.includes(county) ? 'allOf' : 'partsOf', setting),
    );
  }
  const around = [...new Set(areas.map((area) => area.code.slice(0, 2)))];
  return around.map((code) =>
    placeOf(
      countryArea(code, setting),
      areas.some((area) => area.code === code) ? 'allOf' : 'partsOf',
      setting,
    ),
  );
}

function countyOf(area: Area, setting: AreaSetting): Area {
  if (area.level !== 'municipality') return area;
  const parent = setting.known.find((other) => other.code === area.parent);
  return parent ?? countryArea(area.code.slice(0, 2), setting);
}

/** Without repeats, and without what lies in another area of the list. */
function outermost(areas: readonly Area[]): readonly Area[] {
  const codes = new Set(areas.map((area) => area.code));
  const distinct = [...new Map(areas.map((area) => [area.code, area])).values()];
  return distinct.filter((area) => !aroundOf(area).some((code) => codes.has(code)));
}

/** Codes of the areas around one, from the next larger to the country. */
function aroundOf(area: Area): readonly string[] {
  if (area.level === 'country') return [];
  const country = area.code.slice(0, 2);
  return area.parent && area.level === 'municipality' ? [area.parent, country] : [country];
}

function areaOf(code: string, setting: AreaSetting): Area {
  const known = setting.known.find((area) => area.code === code);
  if (known) return known;
  if (code in formatWords.en.countries) return countryArea(code, setting);
  throw new Refusal(
    'area-unknown',
    `The area ${code} is not in the area data. Import it or choose another.`,
    { area: code },
  );
}

function countryArea(code: string, setting: AreaSetting): Area {
  const known = setting.known.find((area) => area.code === code);
  return known ?? { code, level: 'country', names: {} };
}

function placeOf(area: Area, amount: Place['amount'], setting: AreaSetting): Place {
  const { language } = setting;
  const name = nameOf(area, language);
  const inName = area.inNames?.[language];
  const preposition = inName?.endsWith(name) ? inName.slice(0, -name.length).trim() : undefined;
  return { amount, level: area.level, name, preposition: preposition || undefined };
}

/** The reader's name of a place, else that of the sister language, else the country's own. */
function nameOf(area: Area, language: Language): string {
  const country = area.code.slice(0, 2) as Country;
  if (area.level === 'country') {
    return area.names[language] ?? formatWords[language].countries[country] ?? area.code;
  }
  const own: Readonly<Record<Country, Language>> = { NO: 'nb', SE: 'sv', DK: 'da' };
  const sister = { nb: 'nn', nn: 'nb', sv: 'sv', da: 'da', en: 'en' } as const;
  const order = [language, sister[language], own[country], 'nn'] as const;
  return order.map((each) => area.names[each]).find((name) => name !== undefined) ?? area.code;
}
