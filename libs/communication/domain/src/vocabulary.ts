/** Languages that we write in, in the order in which they are shown. nb and nn are two languages. @source D-19 */
export const languages = ['nb', 'nn', 'sv', 'da', 'en'] as const;
/** A language that we write in. */
export type Language = (typeof languages)[number];

/** Addressed channels that carry a text of ours today. @source D-11 */
export const channels = ['sms', 'email'] as const;
/** A channel that carries a text of ours to one recipient. */
export type Channel = (typeof channels)[number];

/** Countries that we operate in; the incident's country decides time zone and emergency numbers. */
export const countries = ['NO', 'SE', 'DK'] as const;
/** A country that we operate in. */
export type Country = (typeof countries)[number];

/** The three kinds of message; an exercise and a test never reach a real recipient. @source UX-01, A-8 */
export const modes = ['ACTUAL', 'EXERCISE', 'TEST'] as const;
/** Whether a message is meant: live, exercise or test. */
export type Mode = (typeof modes)[number];

/** What we have ready texts for. @source `voice.md` §3 */
export const scenarios = ['outage', 'emergency', 'planned', 'correction', 'callback'] as const;
/** A situation that we have ready texts for. */
export type Scenario = (typeof scenarios)[number];

/**
 * Moments of a scenario, one text each: a outage (0 holding text, 1 declared, 2 estimate, 3 estimate changed, 4 still
 * none, 5 restored), b emergency calls, d planned work, e correction, f callback.
 *
 * @source `voice.md` §3, "Stages"
 */
export const stages = [
  ...(['a0', 'a1', 'a2', 'a3', 'a4', 'a5'] as const),
  ...(['b1', 'b2', 'd1', 'd2', 'e1', 'f1', 'f2'] as const),
] as const;
/** A moment of a scenario. */
export type Stage = (typeof stages)[number];

/** What we may say about the end time. @source D-13, `voice.md` §2.2 */
export const estimateStates = ['none', 'estimated', 'confirmed', 'changed', 'withdrawn'] as const;
/** What we may say about the end time. */
export type EstimateState = (typeof estimateStates)[number];

/** Services that a text can name, in the order in which it names them. @source `reference/import-formats.md` */
export const services = [
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
/** A service that a text can name. */
export type Service = (typeof services)[number];

/** Causes that a text can name, once confirmed. @source `standards.md` §1.5, `voice.md` §2.2 */
export const causeGroups = [
  'power',
  'transmission',
  'equipment',
  'software',
  'capacity',
  'environment',
  'technical',
] as const;
/** A cause that a text can name; `technical` is every other. */
export type CauseGroup = (typeof causeGroups)[number];

/** How far the repair has come, as a business customer is told. @source `voice.md` §2.2 */
export const workStates = ['locating', 'on-the-way', 'repairing'] as const;
/** How far the repair has come. */
export type WorkState = (typeof workStates)[number];

/** Whether a service is gone or works worse than usual. @source `voice.md` §1.1, "degraded, in place of down" */
export const effects = ['outage', 'degradation'] as const;
/** Whether a service is gone or works worse than usual. */
export type Effect = (typeof effects)[number];
