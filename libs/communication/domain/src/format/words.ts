import type { Country, Language, Service } from '../vocabulary';

/** The small words that lists, areas and times are joined with. */
export interface FormatWords {
  readonly and: string;
  readonly preposition: string;
  readonly partsOf: string;
  readonly allOf: string;
  readonly others: Readonly<Record<'municipality' | 'county' | 'mixed', string>>;
  readonly countries: Readonly<Record<Country, string>>;
  readonly mobileNetwork: string;
  readonly services: Readonly<Record<Service, string>>;
  readonly yesterday: string;
  readonly tomorrow: string;
  readonly to: string;
  readonly weekdays: readonly string[];
  readonly months: readonly string[];
}

const danishMonths = ['januar', 'februar', 'marts', 'april', 'maj', 'juni'].concat([
  'juli',
  'august',
  'september',
  'oktober',
  'november',
  'december',
]);
const norwegianMonths = ['januar', 'februar', 'mars', 'april', 'mai', 'juni'].concat([
  'juli',
  'august',
  'september',
  'oktober',
  'november',
  'desember',
]);
const swedishMonths = ['januari', 'februari', 'mars', 'april', 'maj', 'juni'].concat([
  'juli',
  'augusti',
  'september',
  'oktober',
  'november',
  'december',
]);
const englishMonths = ['January', 'February', 'March', 'April', 'May', 'June'].concat([
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]);

/**
 * The words of each language. Weekdays begin with Monday. Own tables, since the language data of a run time may change
 * between the approval and the sending.
 *
 * @source `voice.md` §1.1, §2.1
 */
export const formatWords: Readonly<Record<Language, FormatWords>> = {
  nb: {
    and: 'og',
    preposition: 'i',
    partsOf: 'deler av',
    allOf: 'hele',
    others: { municipality: 'andre kommuner', county: 'andre fylker', mixed: 'andre områder' },
    countries: { NO: 'Norge', SE: 'Sverige', DK: 'Danmark' },
    mobileNetwork: 'mobilnettet',
    services: {
      'mobile-voice': 'mobilsamtaler',
      'mobile-data': 'mobildata',
      sms: 'sms',
      'emergency-call': 'nødanrop',
      broadband: 'bredbåndet',
      'fixed-voice': 'fasttelefonen',
      tv: 'TV-tjenesten',
      'hosted-switchboard': 'sentralbordet',
      iot: 'tingenes internett',
    },
    yesterday: 'i går',
    tomorrow: 'i morgen',
    to: 'til',
    weekdays: ['mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag', 'søndag'],
    months: norwegianMonths,
  },
  nn: {
    and: 'og',
    preposition: 'i',
    partsOf: 'delar av',
    allOf: 'heile',
    others: { municipality: 'andre kommunar', county: 'andre fylke', mixed: 'andre område' },
    countries: { NO: 'Noreg', SE: 'Sverige', DK: 'Danmark' },
    mobileNetwork: 'mobilnettet',
    services: {
      'mobile-voice': 'mobilsamtalar',
      'mobile-data': 'mobildata',
      sms: 'sms',
      'emergency-call': 'naudanrop',
      broadband: 'breibandet',
      'fixed-voice': 'fasttelefonen',
      tv: 'TV-tenesta',
      'hosted-switchboard': 'sentralbordet',
      iot: 'tinga sitt internett',
    },
    yesterday: 'i går',
    tomorrow: 'i morgon',
    to: 'til',
    weekdays: ['måndag', 'tysdag', 'onsdag', 'torsdag', 'fredag', 'laurdag', 'søndag'],
    months: norwegianMonths,
  },
  sv: {
    and: 'och',
    preposition: 'i',
    partsOf: 'delar av',
    allOf: 'hela',
    others: { municipality: 'andra kommuner', county: 'andra län', mixed: 'andra områden' },
    countries: { NO: 'Norge', SE: 'Sverige', DK: 'Danmark' },
    mobileNetwork: 'mobilnätet',
    services: {
      'mobile-voice': 'mobilsamtal',
      'mobile-data': 'mobildata',
      sms: 'sms',
      'emergency-call': 'nödsamtal',
      broadband: 'bredbandet',
      'fixed-voice': 'den fasta telefonin',
      tv: 'TV-tjänsten',
      'hosted-switchboard': 'företagsväxeln',
      iot: 'sakernas internet',
    },
    yesterday: 'i går',
    tomorrow: 'i morgon',
    to: 'till',
    weekdays: ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'],
    months: swedishMonths,
  },
  da: {
    and: 'og',
    preposition: 'i',
    partsOf: 'dele af',
    allOf: 'hele',
    others: { municipality: 'andre kommuner', county: 'andre regioner', mixed: 'andre områder' },
    countries: { NO: 'Norge', SE: 'Sverige', DK: 'Danmark' },
    mobileNetwork: 'mobilnettet',
    services: {
      'mobile-voice': 'mobilopkald',
      'mobile-data': 'mobildata',
      sms: 'sms',
      'emergency-call': 'opkald til 112',
      broadband: 'bredbåndet',
      'fixed-voice': 'fastnettelefonien',
      tv: 'TV-tjenesten',
      'hosted-switchboard': 'omstillingen',
      iot: 'tingenes internet',
    },
    yesterday: 'i går',
    tomorrow: 'i morgen',
    to: 'til',
    weekdays: ['mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag', 'søndag'],
    months: danishMonths,
  },
  en: {
    and: 'and',
    preposition: 'in',
    partsOf: 'parts of',
    allOf: 'all of',
    others: {
      municipality: 'other municipalities',
      county: 'other counties',
      mixed: 'other areas',
    },
    countries: { NO: 'Norway', SE: 'Sweden', DK: 'Denmark' },
    mobileNetwork: 'the mobile network',
    services: {
      'mobile-voice': 'mobile calls',
      'mobile-data': 'mobile data',
      sms: 'texts',
      'emergency-call': 'emergency calls',
      broadband: 'broadband',
      'fixed-voice': 'the landline service',
      tv: 'the TV service',
      'hosted-switchboard': 'the switchboard service',
      iot: 'the IoT network',
    },
    yesterday: 'yesterday',
    tomorrow: 'tomorrow',
    to: 'to',
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    months: englishMonths,
  },
};

/** The space that a channel keeps words together with: SMS has only the plain one, elsewhere U+00A0. @source `voice.md` §2.1 */
export const gap = (channel: 'sms' | 'email'): string => (channel === 'sms' ? ' ' : '\u00A0');
