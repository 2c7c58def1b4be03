import { between, hours, instant, minutes, plus, type Instant } from '@varde/kernel';
import type { Channel, Country, Language } from '../vocabulary';
import { dayFrom, endOfDay, wallTime, type WallTime } from './wall-time';
import { formatWords, gap } from './words';

/** For whom, where and when a time is written. */
export interface TimeSetting {
  readonly language: Language;
  /** SMS takes the short forms, mail always weekday and date. */
  readonly channel: Channel;
  /** The incident's country, whose clocks count. */
  readonly country: Country;
  /** When the text is drawn up. */
  readonly now: Instant;
  /** When its sending ends at the latest; an approval's four hours from `now` where nothing else is known. */
  readonly sendBefore?: Instant;
}

/** Longest life of an approval: a text may leave so long after it was drawn up. @source A-4 */
const approvalLife = hours(4);
const clockAlone = hours(12);
const quarter = minutes(15);

/**
 * An instant inside a sentence, after *siden*, *fra*, *til* or the English *at*: `kl. 14:02`, `i går kl. 09:10`,
 * `20. november kl. 23:10`; in mail `søndag 22. november kl. 14:02`. The hour of autumn that happens twice carries its zone.
 *
 * @source `voice.md` §2.1
 */
export function formatTime(at: Instant, setting: TimeSetting): string {
  return sentenceTime(at, setting, '');
}

/**
 * An estimate, rounded up to a quarter of an hour, with *ca.* or *about* inside unless it is confirmed.
 *
 * @source `voice.md` §2
 */
export function formatEstimate(at: Instant, setting: TimeSetting, about: boolean): string {
  const word = { nb: 'ca. ', nn: 'ca. ', sv: 'ca ', da: 'ca. ', en: 'about ' }[setting.language];
  return sentenceTime(quarterUp(at), setting, about ? word : '');
}

/** The quarter of an hour at `at` or next after it. */
export function quarterUp(at: Instant): Instant {
  return instant(Math.ceil(at / quarter) * quarter);
}

/** A day without a clock: `26. november`, `26 November`. Takes `2026-11-26`. */
export function formatDay(day: string, language: Language): string {
  const [, month, dayOfMonth] = day.split('-').map(Number);
  return dayAndMonth({ month: month ?? 1, dayOfMonth: dayOfMonth ?? 1 }, language);
}

/**
 * From when until when, as in `24. november kl. 01-05`; whole hours without minutes, in English always with them. A window
 * over midnight names both days.
 *
 * @source `voice.md` §2.1
 */
export function formatWindow(from: Instant, to: Instant, setting: TimeSetting): string {
  const [start, end] = [wallTime(from, setting.country), wallTime(to, setting.country)];
  const { language, channel } = setting;
  const oneDay = start.day === end.day;
  const whole = [start, end].every((wall) => wall.minute === 0 && !wall.repeatedIn) && oneDay;
  const clock = (wall: WallTime): string =>
    whole && language !== 'en' ? String(wall.hour).padStart(2, '0') : clockOf(wall, language);
  const mark = language === 'en' ? ', ' : ` kl.${gap(channel)}`;
  const begin = `${dayAndMonth(start, language)}${mark}${clock(start)}`;
  if (oneDay) return `${begin}${channel === 'sms' ? '-' : '\u2013'}${clock(end)}`;
  return `${begin} ${formatWords[language].to} ${dayAndMonth(end, language)}${mark}${clock(end)}`;
}

/** A date and a clock in figures, for lists and tables: `22.11.2026, 14:02`. @source `experience.md` §10 */
export function formatDateTime(at: Instant, language: Language, country: Country): string {
  const wall = wallTime(at, country);
  const [day, month] = [pad(wall.dayOfMonth), pad(wall.month)];
  const clock = clockOf(wall, language);
  if (language === 'sv') return `${wall.day} ${clock}`;
  if (language === 'en') return `${day}/${month}/${wall.year}, ${clock}`;
  return `${day}.${month}.${wall.year}, ${clock}`;
}

/** A clock in figures alone: `14:02`, in Danish `14.02`. */
export function formatClock(at: Instant, language: Language, country: Country): string {
  return clockOf(wallTime(at, country), language);
}

/**
 * Whether `formatTime` would say *yesterday* or *tomorrow* for an instant, so that the text is true until midnight only.
 */
export function saysRelativeDay(at: Instant, setting: TimeSetting): boolean {
  const style = styleOf(at, wallTime(at, setting.country), setting);
  return style === 'yesterday' || style === 'tomorrow';
}

type Style = 'clock' | 'yesterday' | 'tomorrow' | 'date' | 'long';

function styleOf(at: Instant, wall: WallTime, setting: TimeSetting): Style {
  const { now, country } = setting;
  if (setting.channel !== 'sms') return 'long';
  if (Math.abs(between(now, at)) <= clockAlone) return 'clock';
  const sendBefore = setting.sendBefore ?? plus(now, approvalLife);
  if (sendBefore > endOfDay(now, country)) return 'date';
  if (wall.day === dayFrom(now, -1, country)) return 'yesterday';
  return wall.day === dayFrom(now, 1, country) ? 'tomorrow' : 'date';
}

function sentenceTime(at: Instant, setting: TimeSetting, about: string): string {
  const { language } = setting;
  const wall = wallTime(at, setting.country);
  const clock = clockOf(wall, language);
  const day = dayOf(styleOf(at, wall, setting), wall, language);
  if (language !== 'en') return `${day ? `${day} ` : ''}${about}kl.${gap(setting.channel)}${clock}`;
  return `${about}${clock}${day ? ` ${day}` : ''}`;
}

function dayOf(style: Style, wall: WallTime, language: Language): string {
  const words = formatWords[language];
  if (style === 'clock') return '';
  if (style === 'yesterday' || style === 'tomorrow') return words[style];
  const date = dayAndMonth(wall, language);
  const weekday = words.weekdays[wall.weekday - 1] ?? '';
  if (language === 'en') return style === 'date' ? `on ${date}` : `on ${weekday} ${date}`;
  if (style === 'date') return date;
  return language === 'da' ? `${weekday} den ${date}` : `${weekday} ${date}`;
}

function dayAndMonth(wall: Pick<WallTime, 'month' | 'dayOfMonth'>, language: Language): string {
  const month = formatWords[language].months[wall.month - 1] ?? '';
  const dot = language === 'sv' || language === 'en' ? '' : '.';
  return `${wall.dayOfMonth}${dot} ${month}`;
}

function clockOf(wall: WallTime, language: Language): string {
  const clock = `${pad(wall.hour)}${language === 'da' ? '.' : ':'}${pad(wall.minute)}`;
  return wall.repeatedIn ? `${clock} ${wall.repeatedIn}` : clock;
}

const pad = (figure: number): string => String(figure).padStart(2, '0');
