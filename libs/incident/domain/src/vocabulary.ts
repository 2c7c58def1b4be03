/** The countries in which the operator has a network, by ISO 3166-1. @source reference/import-formats.md */
export const countries = ['NO', 'SE', 'DK'] as const;
/** One of {@link countries}. */
export type Country = (typeof countries)[number];

/** What an incident is meant for: real, an exercise (D-08), or the canary that declares nothing. @source standards §1.3 `ce_mode` */
export const modes = ['ACTUAL', 'EXERCISE', 'TEST'] as const;
/** One of {@link modes}; on the wire of CloudEvents it is written in lower case. */
export type Mode = (typeof modes)[number];

/** What a customer buys and an element carries. @source reference/import-formats.md, `elements.csv` */
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
/** One of {@link services}. */
export type Service = (typeof services)[number];

/** What kind of trouble an incident is. @source standards §1.6 */
export const incidentKinds = ['outage', 'degradation', 'security', 'planned'] as const;
/** One of {@link incidentKinds}. */
export type IncidentKind = (typeof incidentKinds)[number];

/** How bad it is for people, worst first; derived from who is hit, never from an alarm. @source invariants §2.5 */
export const incidentSeverities = ['critical', 'major', 'minor'] as const;
/** One of {@link incidentSeverities}. */
export type IncidentSeverity = (typeof incidentSeverities)[number];

/** What a person may ask of a reported incident. @source standards §1.6 */
export const reportActions = ['raise', 'update', 'resolve', 'cancel', 'merge'] as const;
/** One of {@link reportActions}. */
export type ReportAction = (typeof reportActions)[number];

/** What kind of cause it is, in the words that a reader may get; `technical` is every other. @source standards §1.5; voice §2.2 */
export const causeGroups = [
  'power',
  'transmission',
  'equipment',
  'software',
  'capacity',
  'environment',
  'technical',
] as const;
/** One of {@link causeGroups}. */
export type CauseGroup = (typeof causeGroups)[number];

/** How sure we are of a cause; only a confirmed one may reach a text. @source D-13; standards §1.6 */
export const causeStatuses = ['unknown', 'suspected', 'confirmed'] as const;
/** One of {@link causeStatuses}. */
export type CauseStatus = (typeof causeStatuses)[number];

/** How sure we are of the time of restoration. @source standards §1.6 */
export const estimateStatuses = ['none', 'estimated', 'confirmed'] as const;
/** One of {@link estimateStatuses}. */
export type EstimateStatus = (typeof estimateStatuses)[number];

/** Do calls to 112 suffer? @source standards §1.6 */
export const emergencyCallStates = ['affected', 'notAffected', 'unknown'] as const;
/** One of {@link emergencyCallStates}. */
export type EmergencyCallState = (typeof emergencyCallStates)[number];

/** An answer that a person may not have yet. @source standards §1.6 `malicious`, `crossBorder` */
export const answers = ['yes', 'no', 'unknown'] as const;
/** One of {@link answers}. */
export type Answer = (typeof answers)[number];

/** The phases of an incident; the allowed steps are in the lifecycle. @source standards §2.3 */
export const phases = [
  'acknowledged',
  'inProgress',
  'held',
  'pending',
  'resolved',
  'closed',
  'rejected',
  'cancelled',
] as const;
/** One of {@link phases}. */
export type Phase = (typeof phases)[number];

/** How bad an alarm is for the equipment; never copied to an incident. @source standards §1.5; X.733 */
export const alarmSeverities = [
  'critical',
  'major',
  'minor',
  'warning',
  'indeterminate',
  'cleared',
] as const;
/** One of {@link alarmSeverities}. */
export type AlarmSeverity = (typeof alarmSeverities)[number];

/** The alarm types of TMF642 v4 (X.733, X.736). @source standards §1.5 */
export const tmfAlarmTypes = [
  'communicationsAlarm',
  'processingErrorAlarm',
  'environmentalAlarm',
  'qualityOfServiceAlarm',
  'equipmentAlarm',
  'integrityViolation',
  'operationalViolation',
  'physicalViolation',
  'securityService',
  'mechanismViolation',
  'timeDomainViolation',
] as const;
/** One of {@link tmfAlarmTypes}. */
export type TmfAlarmType = (typeof tmfAlarmTypes)[number];

/** The class of an alarm: its type, or `unclassified` where it has none that we know. @source standards §1.3 */
export const alarmTypes = [...tmfAlarmTypes, 'unclassified'] as const;
/** One of {@link alarmTypes}. */
export type AlarmType = (typeof alarmTypes)[number];

/** What an event says happened to its alarm. `noted` changes the record of the alarm and no incident. @source standards §1.4, §1.7 */
export const alarmHappenings = ['raised', 'changed', 'cleared', 'noted', 'deleted'] as const;
/** One of {@link alarmHappenings}. */
export type AlarmHappening = (typeof alarmHappenings)[number];

/** The forms in which network systems publish. @source standards §1.7 */
export const dialects = ['cloudevents-tmf642', 'tmf642-bare', 'ves-7', '3gpp-notify'] as const;
/** One of {@link dialects}. */
export type Dialect = (typeof dialects)[number];

/** Which of the two families a source may send. @source standards §1: alarms, and incidents that a person raises */
export const sourceRights = ['alarms', 'reports'] as const;
/** One of {@link sourceRights}. */
export type SourceRight = (typeof sourceRights)[number];

/** What is remarkable about an accepted event. @source standards §1.3, last row */
export const flags = [
  'field-ignored',
  'field-missing',
  'word-unknown',
  'clock-unknown',
  'clock-skew',
  'stale',
  'unplaced',
  'clear-without-raise',
  'no-exercise',
] as const;
/** One of {@link flags}. */
export type Flag = (typeof flags)[number];

/** Why an event is refused and becomes a dead letter. @source standards §1.3, *Refused* */
export const refusalReasons = [
  'envelope-invalid',
  'value-missing',
  'too-large',
  'encoding-invalid',
  'type-unknown',
  'mode-unknown',
  'source-unknown',
  'identity-mismatch',
  'schema-invalid',
  'raise-missing',
] as const;
/** One of {@link refusalReasons}. */
export type RefusalReason = (typeof refusalReasons)[number];
