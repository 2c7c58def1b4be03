import { isDate, isId } from './cell';
import type { ProblemReason, Reading } from './row-problem';
import { importCountries, type ImportCountry } from './words';

/** Days as a calendar's week names them. @source reference/import-formats.md, `calendars.json` */
export const calendarDays = [
  ...(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const),
  ...(['mon-fri', 'mon-sat', 'sat-sun', 'daily'] as const),
] as const;

/** When support is open, as `calendars.json` tells it. The law of its hours comes with the SLA promise. */
export interface SupportCalendar {
  readonly id: string;
  readonly country: ImportCountry;
  readonly timeZone: string;
  /** The whole of it, as delivered. */
  readonly definition: Readonly<Record<string, unknown>>;
  /** Open around the clock each day by its week, and yet closed on holidays: probably not meant. */
  readonly closesOnHolidays: boolean;
}

const from = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const to = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;
const zones: Readonly<Record<ImportCountry, string>> = {
  NO: 'Europe/Oslo',
  SE: 'Europe/Stockholm',
  DK: 'Europe/Copenhagen',
};
const known = ['id', 'country', 'timeZone', 'weekly', 'holidays', 'closed', 'open'];

/** Reads one calendar; only its shape and that it ever opens. */
export function readCalendar(value: unknown): Reading<SupportCalendar> {
  if (!isObject(value)) return rejected('', 'shape-invalid');
  const {
    id,
    country: countryText,
    timeZone,
    weekly,
    holidays = null,
    closed = [],
    open = [],
  } = value;
  const unexpected = Object.keys(value).find((key) => !known.includes(key));
  if (unexpected !== undefined) return rejected(unexpected, 'value-unexpected');
  if (typeof id !== 'string' || !isId(id)) return rejected('id', 'id-invalid');
  const country = importCountries.find((one) => one === countryText);
  if (!country) return rejected('country', 'word-unknown');
  if (timeZone !== zones[country]) return rejected('timeZone', 'word-unknown');
  if (!Array.isArray(weekly) || !weekly.every(isOpening))
    return rejected('weekly', 'shape-invalid');
  if (holidays !== null && !importCountries.some((one) => one === holidays))
    return rejected('holidays', 'word-unknown');
  if (!Array.isArray(closed) || !closed.every((day) => typeof day === 'string' && isDate(day)))
    return rejected('closed', 'date-invalid');
  if (!Array.isArray(open) || !open.every(isOpenDate)) return rejected('open', 'shape-invalid');
  if (weekly.length === 0 && open.length === 0)
    return rejected('weekly', 'calendar-has-no-opening', id);
  const closesOnHolidays = holidays !== null && isAroundTheClock(weekly);
  return {
    problems: [],
    row: { id, country, timeZone: zones[country], definition: value, closesOnHolidays },
  };
}

interface Opening {
  readonly day: string;
  readonly from: string;
  readonly to: string;
}

const isHours = (value: unknown): value is { from: string; to: string } =>
  isObject(value) &&
  typeof value['from'] === 'string' &&
  typeof value['to'] === 'string' &&
  from.test(value['from']) &&
  to.test(value['to']) &&
  value['from'] < value['to'];

const isOpening = (value: unknown): value is Opening =>
  isHours(value) && calendarDays.some((day) => day === (value as unknown as Opening).day);

const isOpenDate = (value: unknown): boolean =>
  isHours(value) && isDate(String((value as unknown as { date: unknown }).date));

const daysIn: Readonly<Record<string, readonly string[]>> = {
  'mon-fri': ['mon', 'tue', 'wed', 'thu', 'fri'],
  'mon-sat': ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
  'sat-sun': ['sat', 'sun'],
  daily: calendarDays.slice(0, 7),
};

function isAroundTheClock(weekly: readonly Opening[]): boolean {
  const whole = weekly.filter((one) => one.from === '00:00' && one.to === '24:00');
  return new Set(whole.flatMap((one) => daysIn[one.day] ?? [one.day])).size === 7;
}

const rejected = (column: string, reason: ProblemReason, value = ''): Reading<SupportCalendar> => ({
  problems: [{ column, reason, value, kept: false }],
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
