import { Refusal, type Instant } from '@varde/kernel';
import { longAdvice, shortAdvice } from './advice';
import { phrases } from './content';
import { factInstant, type Fact, type Fields } from './field-types';
import { formatArea, formatInArea, type Area } from './format/area';
import { formatList } from './format/list';
import { formatCount, roundedCount } from './format/number';
import { formatServices, formatServicesTitle } from './format/service';
import {
  formatDay,
  formatEstimate,
  formatTime,
  formatWindow,
  quarterUp,
  type TimeSetting,
} from './format/time';
import { compile, type Arguments } from './icu';
import type {
  CauseGroup,
  Channel,
  Country,
  EstimateState,
  Language,
  Service,
  WorkState,
} from './vocabulary';

/** What the arguments of a text are made from. */
export interface ArgumentSetting {
  readonly fields: Fields;
  readonly language: Language;
  readonly channel: Channel;
  /** The areas hit, and the areas around them. */
  readonly areas: readonly Area[];
  /** Where our links lead, without the token: `https://v.example`. */
  readonly linkBase: string;
  readonly incidentNumber: string;
  /** When the text was drawn up, not when each copy leaves: every recipient reads the same. */
  readonly now: Instant;
  readonly sendBefore?: Instant;
}

type Argument = (setting: ArgumentSetting, all: Arguments) => string;

/** @source Norway 110 fire, 112 police, 113 medical; Sweden and Denmark 112 for all; `voice.md` §2 */
const emergencyNumbers: Readonly<Record<Country, readonly string[]>> = {
  NO: ['110', '112', '113'],
  SE: ['112'],
  DK: ['112'],
};

/** Every argument that a text can name, and how it is rendered. A missing fact is refused, not left blank. @source `voice.md` §2 */
const renderers: Readonly<Record<string, Argument>> = {
  services: (s) => formatServices(servicesOf(s), s.language),
  servicesTitle: (s) => formatServicesTitle(servicesOf(s), s.language),
  area: (s) => formatArea(listOf(s, 'areas'), { ...s, known: s.areas }),
  inArea: (s) => formatInArea(listOf(s, 'areas'), { ...s, known: s.areas }),
  startedAt: (s) => timeOf(s, 'startedAt'),
  restoredAt: (s) => timeOf(s, 'restoredAt'),
  sentAt: (s) => timeOf(s, 'sentAt'),
  reportedAt: (s) => timeOf(s, 'reportedAt'),
  nextUpdate: (s) => (isPromised(s, 'nextUpdateAt') ? 'promised' : 'none'),
  nextUpdateAt: (s) => (isPromised(s, 'nextUpdateAt') ? timeOf(s, 'nextUpdateAt') : ''),
  nextReport: (s) => (isPromised(s, 'nextReportAt') ? 'promised' : 'none'),
  nextReportAt: (s) => (isPromised(s, 'nextReportAt') ? timeOf(s, 'nextReportAt') : ''),
  announceBy: (s) => formatDay(fact(s, 'announceBy'), s.language),
  window: (s) => formatWindow(instantOf(s, 'windowFrom'), instantOf(s, 'windowTo'), timeSetting(s)),
  estimate: (s) =>
    formatEstimate(openEstimate(s), timeSetting(s), estimateState(s) !== 'confirmed'),
  previousEstimate: (s) =>
    formatTime(quarterUp(instantOf(s, 'previousEstimateAt')), timeSetting(s)),
  estimateState: (s) => estimateState(s),
  estimateLine: (s, all) => compile(phrases[s.language].estimateLine[estimateState(s)]).fill(all),
  endShort: (s, all) => compile(phrases[s.language].endShort[estimateIsKnown(s)]).fill(all),
  repairLine: (s, all) => compile(phrases[s.language].repairLine[estimateIsKnown(s)]).fill(all),
  causeLine: (s, all) =>
    s.fields.causeGroup ? compile(phrases[s.language].causeLine).fill(all) : '',
  cause: (s) => phrases[s.language].cause[fact(s, 'causeGroup') as CauseGroup],
  advice: (s) => shortAdvice(servicesOf(s), isBack(s), s.language),
  adviceLong: (s) => longAdvice(servicesOf(s), isBack(s), s.language),
  workState: (s) => phrases[s.language].workState[fact(s, 'workState') as WorkState],
  emergencyCalls: (s) => s.fields.emergencyCalls ?? 'no',
  emergencyNumbers: (s) => formatList(emergencyNumbers[countryOf(s)], s.language),
  landline: (s) => (listOf(s, 'services', '').includes('fixed-voice') ? 'down' : 'up'),
  effect: (s) => s.fields.effect ?? 'outage',
  customers: (s) => formatCount(roundedCount(Number(fact(s, 'customers'))), s.language, s.channel),
  reference: (s) => s.fields.reference ?? s.incidentNumber,
  incidentNumber: (s) => s.incidentNumber,
  link: (s) => linkOf(s),
};

/** Names of all arguments that a text may use. */
export const argumentNames: readonly string[] = Object.keys(renderers);

/**
 * The arguments of a text. Each is rendered when it is read, so a fact is asked for only where the text names it.
 *
 * @throws Refusal on reading: `fact-missing`, `estimate-not-known`, `estimate-has-passed`, `area-unknown`, `link-base-not-https`
 */
export function argumentsOf(setting: ArgumentSetting): Arguments {
  const all = Object.create(null) as Record<string, string>;
  for (const [name, render] of Object.entries(renderers)) {
    Object.defineProperty(all, name, { enumerable: true, get: () => render(setting, all) });
  }
  return all;
}

/** The same arguments without `{advice}`, for an SMS that would otherwise be too long. */
export function withoutAdvice(all: Arguments): Arguments {
  return Object.create(all, { advice: { value: '', enumerable: true } }) as Arguments;
}

function fact(setting: ArgumentSetting, name: Fact): string {
  const value = setting.fields[name];
  if (value !== undefined && value !== '') return value;
  throw new Refusal(
    'fact-missing',
    `The text needs "${name}", which the facts do not have. Add it.`,
    { fact: name },
    name,
  );
}

function listOf(setting: ArgumentSetting, name: Fact, fallback?: string): readonly string[] {
  return (fallback === undefined ? fact(setting, name) : (setting.fields[name] ?? fallback)).split(
    '|',
  );
}

function servicesOf(setting: ArgumentSetting): readonly Service[] {
  return listOf(setting, 'services') as readonly Service[];
}

function countryOf(setting: ArgumentSetting): Country {
  return fact(setting, 'country') as Country;
}

function instantOf(setting: ArgumentSetting, name: Fact): Instant {
  const at = factInstant(fact(setting, name));
  if (at !== undefined) return at;
  throw new Refusal(
    'fact-not-a-time',
    `"${name}" is no such time. Write it as 2026-11-22T13:02Z.`,
    { fact: name },
    name,
  );
}

function timeSetting(setting: ArgumentSetting): TimeSetting {
  return { ...setting, country: countryOf(setting) };
}

function timeOf(setting: ArgumentSetting, name: Fact): string {
  return formatTime(instantOf(setting, name), timeSetting(setting));
}

function isPromised(setting: ArgumentSetting, name: 'nextUpdateAt' | 'nextReportAt'): boolean {
  return setting.fields[name] !== undefined && instantOf(setting, name) > setting.now;
}

function estimateState(setting: ArgumentSetting): EstimateState {
  return (setting.fields.estimateState ?? 'none') as EstimateState;
}

function estimateIsKnown(setting: ArgumentSetting): 'known' | 'none' {
  return ['none', 'withdrawn'].includes(estimateState(setting)) ? 'none' : 'known';
}

function openEstimate(setting: ArgumentSetting): Instant {
  if (estimateIsKnown(setting) === 'none') {
    const message =
      'The text names an estimate, and the facts say that there is none. Choose another text.';
    throw new Refusal('estimate-not-known', message, {}, 'estimateState');
  }
  const at = instantOf(setting, 'estimateAt');
  if (at > setting.now) return at;
  const message = 'The estimated end time has passed. Change the estimate, or withdraw it.';
  throw new Refusal('estimate-has-passed', message, {}, 'estimateAt');
}

/** A text that names its end is about a service that is back. */
const isBack = (setting: ArgumentSetting): boolean => setting.fields.restoredAt !== undefined;

function linkOf(setting: ArgumentSetting): string {
  if (/^https:\/\/[a-z0-9.-]+(?::[0-9]+)?(?:\/[A-Za-z0-9/-]*)?$/.test(setting.linkBase)) {
    return `${setting.linkBase.replace(/\/$/, '')}/${fact(setting, 'link')}`;
  }
  throw new Refusal(
    'link-base-not-https',
    'Links must begin with https and our own domain. Correct the setting.',
  );
}
