export {
  isClearWithoutRaise,
  startOf,
  unheard,
  type AlarmCondition,
  type AlarmState,
  type Spell,
} from './alarm/alarm';
export { hear, hearAll, isLate } from './alarm/hear';
export {
  correlate,
  type ComponentAlarm,
  type ComponentIncident,
  type Correlation,
} from './correlation/component';
export { reasonToWait, waitReasons, type WaitReason } from './correlation/declare';
export {
  belongedTo,
  isOpen,
  mayJoin,
  openPhases,
  type Joiner,
  type JoinTarget,
} from './correlation/join';
export { nearness, type Nearness, type Place } from './correlation/place';
export {
  hull,
  isWithinJoinWindow,
  joinWindow,
  sameSpan,
  hullOf,
  type Span,
} from './correlation/span';
export { asRaise, type AlarmEvent } from './intake/alarm-event';
export { checkReport } from './intake/check-report';
export {
  guessDialect,
  recordToPublish,
  type PublishingSource,
  type RecordToPublish,
} from './intake/publish';
export { readRecord } from './intake/read-record';
export type {
  AcceptedPart,
  AlarmListRebuilt,
  CountedPart,
  IntakePart,
  NetworkEvent,
  RawRecord,
  RefusedPart,
  Source,
  Sources,
} from './intake/record';
export type { Report, ReportedIncident } from './intake/reported-incident';
export { sourcesOf } from './intake/sources';
export { alarmsChanged, cameLate, nobodyJoined, relapsed, type Joined } from './lifecycle/alarms';
export { changeFacts, nameOf, type FactsChange } from './lifecycle/change';
export {
  declareByAlarms,
  declareByPerson,
  spanOfReport,
  type AlarmsSay,
  type NewIncident,
  type RaiseFacts,
} from './lifecycle/declare';
export { cancel, close, merge, reject, type Merged } from './lifecycle/end';
export type { IncidentChange, IncidentEvent } from './lifecycle/events';
export { andThen, decided, unchanged, type Decided } from './lifecycle/evolve';
export { whoIsHit } from './lifecycle/hit';
export { holdDown, timersOf, unattended, type IncidentTimer } from './lifecycle/hold-down';
export {
  scopeOf,
  type Actor,
  type AlarmTally,
  type Incident,
  type IncidentId,
  type ReportHead,
  type Scope,
} from './lifecycle/incident';
export { mayStep, phaseSteps } from './lifecycle/phase';
export { checkAlarms, checkPlaces, type KnownPlaces, type NamedPlaces } from './lifecycle/places';
export { checkPromises } from './lifecycle/promises';
export {
  publicIncident,
  toPublicFacts,
  type PublicFact,
  type PublicIncident,
} from './lifecycle/public-facts';
export {
  applyReport,
  deskOf,
  factsOf,
  headAfter,
  judgeReport,
  raiseAwaited,
  type ReportVerdict,
} from './lifecycle/report';
export { holdDownEnded, reopen, resolve, resolveByRule, restoreStated } from './lifecycle/restore';
export { deriveSeverity, severityMatrix, type SeverityReason } from './severity/derive';
export type { HitFigures } from './severity/hit-figures';
export { severityInForce, type StatedSeverity } from './severity/judge';
