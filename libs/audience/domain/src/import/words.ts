/** Countries of the operator, by ISO 3166-1. @source reference/import-formats.md */
export const importCountries = ['NO', 'SE', 'DK'] as const;
/** One of {@link importCountries}. */
export type ImportCountry = (typeof importCountries)[number];

/** Languages that a customer may have asked for. @source D-19 */
export const importLanguages = ['nb', 'nn', 'sv', 'da', 'en'] as const;
/** One of {@link importLanguages}. */
export type ImportLanguage = (typeof importLanguages)[number];

/** Services, in the order of their bits in the tables: the first is 1, the next 2, 4 … @source reference/import-formats.md */
export const importServices = [
  'mobile-voice',
  'mobile-data',
  'sms',
  'emergency-call',
  'broadband',
  'fixed-voice',
  'tv',
  'hosted-switchboard',
  'iot',
] as const;
/** One of {@link importServices}. */
export type ImportService = (typeof importServices)[number];

/** What an element of the network is. @source reference/import-formats.md, `elements.csv` */
export const elementKinds = ['core', 'region', 'site', 'cell', 'access'] as const;
/** One of {@link elementKinds}. */
export type ElementKind = (typeof elementKinds)[number];

/** Private people and businesses. @source reference/import-formats.md, `customers.csv` */
export const customerKinds = ['private', 'business'] as const;
/** One of {@link customerKinds}. */
export type CustomerKind = (typeof customerKinds)[number];

/** Why a customer is societally critical (class 0). @source reference/import-formats.md, `customers.csv` */
export const societyKinds = [
  'emergency-service',
  'hospital',
  'ambulance',
  'home-care',
  'alarm-operator',
  'power',
  'operator',
  'authority',
] as const;
/** One of {@link societyKinds}. */
export type SocietyKind = (typeof societyKinds)[number];

/** What a contact is to its customer; who of them is told is law of the resolution. @source invariants §2.5 */
export const contactRoles = ['subscriber', 'technical', 'duty', 'telephone-responsible'] as const;
/** One of {@link contactRoles}. */
export type ContactRole = (typeof contactRoles)[number];

/** Ways to reach a contact, as its list of preference may name them. @source reference/import-formats.md, `contacts.csv` */
export const preferredChannels = ['sms', 'email', 'push', 'webhook', 'phone'] as const;
/** One of {@link preferredChannels}. */
export type PreferredChannel = (typeof preferredChannels)[number];

/** Whose network a contact's number is in. @source reference/import-formats.md, `contacts.csv` */
export const smsOperators = ['own', 'other'] as const;
/** One of {@link smsOperators}. */
export type SmsOperator = (typeof smsOperators)[number];

/** Topics that a contact may say no to. @source reference/import-formats.md, `contacts.csv` */
export const optOutTopics = ['outage', 'planned-work'] as const;
/** One of {@link optOutTopics}. */
export type OptOutTopic = (typeof optOutTopics)[number];

/** Levels of an agreement. @source D-25 */
export const agreementLevels = ['bronze', 'silver', 'gold'] as const;
/** One of {@link agreementLevels}. */
export type AgreementLevel = (typeof agreementLevels)[number];

/** Mobile agreements on which an SLA may stand. @source D-26 */
export const baseAgreements = ['business', 'corporate', 'mobile-deal', 'association'] as const;

/** The files of a world, in the order in which they can be read: each refers to earlier ones only. */
export const importKinds = [
  'areas',
  'elements',
  'calendars',
  'customers',
  'subscriptions',
  'contacts',
  'agreements',
] as const;
/** One of {@link importKinds}. */
export type ImportKind = (typeof importKinds)[number];
