import { DateTime } from 'luxon';
import { instant, type Instant } from '@varde/kernel';
import type { Country } from '../vocabulary';

const zones = { NO: 'Europe/Oslo', SE: 'Europe/Stockholm', DK: 'Europe/Copenhagen' } as const;

/** The time zone that a country's texts are written in, by its name in the IANA data. */
export const timeZoneOf = (country: Country): string => zones[country];

/** An instant as a clock on the wall of a country shows it. */
export interface WallTime {
  /** `2026-11-22`. */
  readonly day: string;
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly dayOfMonth: number;
  /** Monday is 1. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  /** `CET` or `CEST`, only in the hour of autumn that happens twice. */
  readonly repeatedIn?: 'CET' | 'CEST';
}

/** What the clocks of a country show at an instant. */
export function wallTime(at: Instant, country: Country): WallTime {
  const local = DateTime.fromMillis(at, { zone: zones[country] });
  return {
    day: local.toISODate() ?? '',
    year: local.year,
    month: local.month,
    dayOfMonth: local.day,
    weekday: local.weekday,
    hour: local.hour,
    minute: local.minute,
    ...(local.getPossibleOffsets().length > 1 && { repeatedIn: local.isInDST ? 'CEST' : 'CET' }),
  };
}

/** The midnight with which a country's day of `at` ends; 23, 24 or 25 hours after the one before. */
export function endOfDay(at: Instant, country: Country): Instant {
  const local = DateTime.fromMillis(at, { zone: zones[country] });
  return instant(local.startOf('day').plus({ days: 1 }).toMillis());
}

/** The calendar day so many days from the day of `at`, as `2026-11-23`. */
export function dayFrom(at: Instant, days: number, country: Country): string {
  return DateTime.fromMillis(at, { zone: zones[country] }).plus({ days }).toISODate() ?? '';
}
