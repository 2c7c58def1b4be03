import { alarmSeverities, causeGroups, tmfAlarmTypes } from '../vocabulary';
import {
  alarmSeverity,
  alarmType,
  severityFacts,
  threeGppAlarmTypes,
  threeGppOfTmf,
  vesSeverity,
} from './alarm-words';
import { causeGroup, causesByGroup } from './causes';
import { bare, wordOf } from './words';

const upperSnake = (word: string): string => word.replace(/[A-Z]/g, '_$&').toUpperCase();

describe('words of closed lists', () => {
  it('are compared without case, spaces, underscores, dashes and humps', () => {
    for (const written of [
      'Environmental Alarm',
      'ENVIRONMENTAL_ALARM',
      'environmentalAlarm',
      'environmental-alarm',
    ]) {
      expect(wordOf(tmfAlarmTypes, written)).toBe('environmentalAlarm');
    }
  });

  it('lose nothing else: a word with other characters is another word', () => {
    expect(bare('ma.jor')).toBe('ma.jor');
    expect(wordOf(alarmSeverities, 'ma.jor')).toBeUndefined();
  });
});

describe('alarm severities', () => {
  it.each(alarmSeverities)(
    '%s is the same word in TMF642 and 3GPP, and has its facts',
    (severity) => {
      expect(alarmSeverity(severity)).toBe(severity);
      expect(alarmSeverity(severity.toUpperCase())).toBe(severity);
      expect(severityFacts[severity].syslog).toBeGreaterThan(0);
    },
  );

  it.each([
    ['CRITICAL', 'critical'],
    ['MAJOR', 'major'],
    ['MINOR', 'minor'],
    ['WARNING', 'warning'],
    ['NORMAL', 'cleared'],
    ['CLEARED', undefined],
    ['INDETERMINATE', undefined],
  ])('VES %s is %s', (written, severity) => {
    expect(vesSeverity(written)).toBe(severity);
  });
});

describe('alarm types', () => {
  it.each(tmfAlarmTypes)('%s of TMF642 is itself, and 3GPP has a word for it', (type) => {
    expect(alarmType(type)).toBe(type);
    expect(alarmType(upperSnake(type))).toBe(type);
    expect(threeGppAlarmTypes).toContain(threeGppOfTmf[type]);
  });

  it.each(threeGppAlarmTypes)('%s of 3GPP comes back as itself', (word) => {
    const type = alarmType(word);
    expect(type && threeGppOfTmf[type]).toBe(word);
  });

  it('reads the one word of 3GPP for two of ours as securityService, and OTHER as none', () => {
    expect(alarmType('SECURITY_SERVICE_OR_MECHANISM_VIOLATION')).toBe('securityService');
    expect(alarmType('OTHER')).toBeUndefined();
  });
});

describe('causeGroup', () => {
  const cases = causeGroups.flatMap((group) =>
    causesByGroup[group].map((cause: string) => [cause, group] as const),
  );

  it.each(cases)('%s belongs to %s, in any spelling', (cause, group) => {
    expect(causeGroup(cause)).toBe(group);
    expect(causeGroup(upperSnake(cause))).toBe(group);
  });

  it('holds 24 causes; any other, and a number without a table, is a technical fault', () => {
    expect(cases).toHaveLength(24);
    for (const cause of ['rectifierLowVoltage', 'unknown', '', '__proto__', 'constructor', 1]) {
      expect(causeGroup(cause)).toBe('technical');
    }
  });

  it("reads a vendor's number by the table of its source only", () => {
    expect(causeGroup(58, { '58': 'powerProblem' })).toBe('power');
    expect(causeGroup('58', { '58': 'powerProblem' })).toBe('technical');
  });
});
