import { parseInstant, type Instant } from '@varde/kernel';
import { fieldTypes, type Fields, type FieldTypes } from './field-types';
import type { Area } from './format/area';
import type { Rendering } from './render';
import { fieldsFor, templateOf } from './templates';
import type { Language, Stage } from './vocabulary';

/** The instant of a text such as `2026-11-22T13:02Z` or of full RFC 3339; a test that errs stops. */
export function at(text: string): Instant {
  const found = parseInstant(text.replace(/T(\d\d:\d\d)Z$/, 'T$1:00Z'));
  if (found === undefined) throw new Error(`No time: ${text}`);
  return found;
}

/** Areas of the three countries, with the names that `voice.md` uses. */
export const sampleAreas: readonly Area[] = [
  { code: 'NO-46', level: 'county', parent: 'NO', names: { nb: 'Vestland' } },
  { code: 'NO-11', level: 'county', parent: 'NO', names: { nb: 'Rogaland' } },
  { code: 'NO-15', level: 'county', parent: 'NO', names: { nb: 'Møre og Romsdal' } },
  { code: 'NO-4601', level: 'municipality', parent: 'NO-46', names: { nb: 'Bergen' } },
  { code: 'NO-4627', level: 'municipality', parent: 'NO-46', names: { nb: 'Askøy' } },
  { code: 'NO-4626', level: 'municipality', parent: 'NO-46', names: { nb: 'Øygarden' } },
  { code: 'NO-4624', level: 'municipality', parent: 'NO-46', names: { nb: 'Bjørnafjorden' } },
  { code: 'NO-4631', level: 'municipality', parent: 'NO-46', names: { nb: 'Alver' } },
  { code: 'NO-1103', level: 'municipality', parent: 'NO-11', names: { nb: 'Stavanger' } },
  { code: 'NO-1506', level: 'municipality', parent: 'NO-15', names: { nb: 'Molde' } },
  { code: 'SE-M', level: 'county', parent: 'SE', names: { sv: 'Skåne län', en: 'Skåne' } },
  { code: 'SE-I', level: 'county', parent: 'SE', names: { sv: 'Gotlands län', en: 'Gotland' } },
  { code: 'SE-1280', level: 'municipality', parent: 'SE-M', names: { sv: 'Malmö' } },
  { code: 'SE-1281', level: 'municipality', parent: 'SE-M', names: { sv: 'Lund' } },
  { code: 'SE-1283', level: 'municipality', parent: 'SE-M', names: { sv: 'Helsingborg' } },
  {
    code: 'SE-0980',
    level: 'municipality',
    parent: 'SE-I',
    names: { sv: 'Gotland' },
    inNames: { sv: 'på Gotland', en: 'on Gotland' },
  },
  {
    code: 'SE-1480',
    level: 'municipality',
    parent: 'SE-O',
    names: { sv: 'Göteborg', en: 'Gothenburg' },
  },
  { code: 'DK-82', level: 'county', parent: 'DK', names: { da: 'Region Midtjylland' } },
  { code: 'DK-0751', level: 'municipality', parent: 'DK-82', names: { da: 'Aarhus' } },
  { code: 'DK-0461', level: 'municipality', parent: 'DK-83', names: { da: 'Odense' } },
  { code: 'DK-0657', level: 'municipality', parent: 'DK-82', names: { da: 'Herning' } },
  { code: 'DK-0740', level: 'municipality', parent: 'DK-82', names: { da: 'Silkeborg' } },
];

const places: Readonly<Record<Language, Pick<Fields, 'country' | 'areas'>>> = {
  nb: { country: 'NO', areas: 'NO-4601|NO-4627' },
  nn: { country: 'NO', areas: 'NO-4601|NO-4627' },
  sv: { country: 'SE', areas: 'SE-1280|SE-1281' },
  da: { country: 'DK', areas: 'DK-0751|DK-0461' },
  en: { country: 'NO', areas: 'NO-4601|NO-4627' },
};

/** The sample values of `voice.md` §3, "Septets": mobile network down in two places, Sunday 22 November 2026. */
export function sampleFacts(language: Language = 'nb', changed: Fields = {}): Fields {
  return {
    ...places[language],
    services: 'mobile-voice|mobile-data|sms',
    startedAt: '2026-11-22T13:02Z',
    restoredAt: '2026-11-22T15:40Z',
    sentAt: '2026-11-22T13:10Z',
    reportedAt: '2026-11-22T12:55Z',
    nextUpdateAt: '2026-11-22T14:00Z',
    nextReportAt: '2026-11-22T16:55Z',
    announceBy: '2026-11-26',
    windowFrom: '2026-11-24T00:00Z',
    windowTo: '2026-11-24T04:00Z',
    estimateState: 'estimated',
    estimateAt: '2026-11-22T16:00Z',
    workState: 'on-the-way',
    reference: 'ORD-20417',
    link: '7F3K',
    ...changed,
  };
}

/** A ready text about to be rendered from the sample values; only what matters is spelled out. */
export function aRendering(
  stage: Stage,
  language: Language,
  { facts = {}, ...changed }: Partial<Omit<Rendering, 'fields'>> & { readonly facts?: Fields } = {},
): Rendering {
  const template = templateOf(stage);
  return {
    texts: template.texts,
    fields: fieldsFor(template, sampleFacts(language, facts)),
    language,
    areas: sampleAreas,
    linkBase: 'https://v.example',
    incidentNumber: 'NO-2026-0042',
    mode: 'ACTUAL',
    now: at('2026-11-22T13:10Z'),
    ...changed,
  };
}

/** The part of fast-check that `legalFields` needs; handed in, so that only tests load it. */
type Chance = Pick<typeof import('fast-check'), 'constantFrom' | 'record' | 'stringMatching'>;

/** Any facts that a template's closed types allow, areas and links among those that exist. */
export function legalFields(
  chance: Chance,
  types: FieldTypes,
): import('fast-check').Arbitrary<Fields> {
  const areas = [
    'NO-4601',
    'NO-46|NO-1103',
    'NO-4601|NO-4627|NO-1506',
    'SE-0980|SE-1280',
    'DK-82',
    'NO',
    'SE|DK',
  ];
  const values = (type: keyof typeof fieldTypes): import('fast-check').Arbitrary<string> => {
    if (type === 'areas') return chance.constantFrom(...areas);
    // Days of the pattern may not exist (31 February): those are a refusal of their own.
    if (type === 'instant')
      return chance.stringMatching(
        /^202[67]-1[0-2]-(?:0[1-9]|[12][0-9])T(?:[01][0-9]|2[0-3]):[0-5][0-9]Z$/,
      );
    return chance.stringMatching(new RegExp(fieldTypes[type]));
  };
  const required = Object.keys(types).filter((name) => !name.endsWith('?'));
  const model = Object.entries(types).map(
    ([name, type]) => [name.replace('?', ''), values(type)] as const,
  );
  return chance.record(Object.fromEntries(model), { requiredKeys: required });
}
