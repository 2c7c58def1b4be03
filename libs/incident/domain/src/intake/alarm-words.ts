import {
  alarmSeverities,
  tmfAlarmTypes,
  type AlarmSeverity,
  type AlarmType,
  type TmfAlarmType,
} from '../vocabulary';
import { wordOf } from './words';

/** What a severity says about service, and its number in syslog. @source standards §1.5; X.733; RFC 5674 §3 */
export const severityFacts = {
  critical: { service: 'affected', syslog: 1 },
  major: { service: 'affected', syslog: 2 },
  minor: { service: 'notAffected', syslog: 3 },
  warning: { service: 'potentiallyAffected', syslog: 4 },
  indeterminate: { service: 'unknown', syslog: 5 },
  cleared: { service: 'unknown', syslog: 5 },
} as const satisfies Record<AlarmSeverity, { service: string; syslog: number }>;

/** The severity that TMF642 or 3GPP writes; `undefined` for a word of neither. @source standards §1.5 */
export const alarmSeverity = (word: string): AlarmSeverity | undefined =>
  wordOf(alarmSeverities, word);

const vesSeverities = ['CRITICAL', 'MAJOR', 'MINOR', 'WARNING', 'NORMAL'] as const;
const severityOfVes = {
  CRITICAL: 'critical',
  MAJOR: 'major',
  MINOR: 'minor',
  WARNING: 'warning',
  NORMAL: 'cleared',
} as const satisfies Record<(typeof vesSeverities)[number], AlarmSeverity>;

/** The severity that VES writes, where `NORMAL` is cleared; `undefined` for a word that is not one of its five. @source standards §1.7 */
export function vesSeverity(word: string): AlarmSeverity | undefined {
  const known = wordOf(vesSeverities, word);
  return known && severityOfVes[known];
}

/** The alarm types of 3GPP. `OTHER` is left out: it has no word in TMF642 and says nothing. @source 3GPP TS 28.111; standards §1.5 */
export const threeGppAlarmTypes = [
  'COMMUNICATIONS_ALARM',
  'PROCESSING_ERROR_ALARM',
  'ENVIRONMENTAL_ALARM',
  'QUALITY_OF_SERVICE_ALARM',
  'EQUIPMENT_ALARM',
  'INTEGRITY_VIOLATION',
  'OPERATIONAL_VIOLATION',
  'PHYSICAL_VIOLATION',
  'SECURITY_SERVICE_OR_MECHANISM_VIOLATION',
  'TIME_DOMAIN_VIOLATION',
] as const;
/** One of {@link threeGppAlarmTypes}. */
export type ThreeGppAlarmType = (typeof threeGppAlarmTypes)[number];

/** How 3GPP writes an alarm type of TMF642: two of ours are one there. @source standards §1.5 */
export const threeGppOfTmf = {
  communicationsAlarm: 'COMMUNICATIONS_ALARM',
  processingErrorAlarm: 'PROCESSING_ERROR_ALARM',
  environmentalAlarm: 'ENVIRONMENTAL_ALARM',
  qualityOfServiceAlarm: 'QUALITY_OF_SERVICE_ALARM',
  equipmentAlarm: 'EQUIPMENT_ALARM',
  integrityViolation: 'INTEGRITY_VIOLATION',
  operationalViolation: 'OPERATIONAL_VIOLATION',
  physicalViolation: 'PHYSICAL_VIOLATION',
  securityService: 'SECURITY_SERVICE_OR_MECHANISM_VIOLATION',
  mechanismViolation: 'SECURITY_SERVICE_OR_MECHANISM_VIOLATION',
  timeDomainViolation: 'TIME_DOMAIN_VIOLATION',
} as const satisfies Record<TmfAlarmType, ThreeGppAlarmType>;

/**
 * The class of an alarm type that TMF642 or 3GPP writes.
 *
 * @returns `undefined` for any other word, 3GPP's `OTHER` among them: the caller says `unclassified` and flags it
 */
export function alarmType(word: string): Exclude<AlarmType, 'unclassified'> | undefined {
  const known = wordOf(tmfAlarmTypes, word);
  if (known) return known;
  return wordOf(threeGppAlarmTypes, word) && 'securityService'; // the only word of 3GPP that TMF642 has not
}
