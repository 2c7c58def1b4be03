import { at as instantAt } from '../testing';
import { estimateCases, timeCases, windowCases, type TimeCase } from './time.cases';
import {
  formatClock,
  formatDateTime,
  formatDay,
  formatEstimate,
  formatTime,
  formatWindow,
  saysRelativeDay,
  type TimeSetting,
} from './time';

function settingOf(row: TimeCase): TimeSetting {
  const { language, channel = 'sms', country = 'NO', now, sendBefore } = row;
  return {
    language,
    channel,
    country,
    now: instantAt(now),
    ...(sendBefore && { sendBefore: instantAt(sendBefore) }),
  };
}

describe('formatTime', () => {
  it.each(timeCases)('writes $says ($language): $written', (row) => {
    expect(formatTime(instantAt(row.at), settingOf(row))).toBe(row.written);
  });
});

describe('formatEstimate', () => {
  it.each(estimateCases)('writes $says ($language): $written', (row) => {
    expect(formatEstimate(instantAt(row.at), settingOf(row), !row.confirmed)).toBe(row.written);
  });
});

describe('formatWindow', () => {
  it.each(windowCases)('writes $says ($language): $written', (row) => {
    const [from = '', to = ''] = row.at.split('/');
    expect(formatWindow(instantAt(from), instantAt(to), settingOf({ ...row, now: from }))).toBe(
      row.written,
    );
  });
});

describe('saysRelativeDay', () => {
  it('tells that a text is true until midnight only', () => {
    const setting = settingOf({
      says: '',
      language: 'nb',
      at: '',
      now: '2026-11-22T13:10Z',
      written: '',
    });
    expect(saysRelativeDay(instantAt('2026-11-23T11:00Z'), setting)).toBe(true);
    expect(saysRelativeDay(instantAt('2026-11-22T13:02Z'), setting)).toBe(false);
    expect(saysRelativeDay(instantAt('2026-11-23T11:00Z'), { ...setting, channel: 'email' })).toBe(
      false,
    );
  });
});

describe('the golden values of experience.md §10', () => {
  const moment = instantAt('2026-11-22T13:02Z');

  it.each([
    ['nb', '14:02', '22.11.2026, 14:02'],
    ['nn', '14:02', '22.11.2026, 14:02'],
    ['sv', '14:02', '2026-11-22 14:02'],
    ['da', '14.02', '22.11.2026, 14.02'],
    ['en', '14:02', '22/11/2026, 14:02'],
  ] as const)('writes clock and date in %s', (language, clock, date) => {
    expect(formatClock(moment, language, 'NO')).toBe(clock);
    expect(formatDateTime(moment, language, 'NO')).toBe(date);
  });

  it('writes a day without its clock', () => {
    expect(formatDay('2026-11-26', 'nb')).toBe('26. november');
    expect(formatDay('2026-11-26', 'sv')).toBe('26 november');
    expect(formatDay('2026-11-26', 'en')).toBe('26 November');
  });
});
