export {
  eventCatalog,
  eventsFor,
  type Context,
  type EventName,
  type EventPayload,
} from './event-catalog';
export type { Envelope } from './envelope';
export {
  areasNamed,
  audienceCount,
  audienceResolved,
  hitFigures,
  unreachableCount,
  type AreasNamed,
  type AudienceResolved,
} from './events/audience';
export {
  messageDispatched,
  staffNoticeRequested,
  type MessageDispatched,
  type StaffNoticeRequested,
} from './events/communication';
export { deliveryPlanned, type DeliveryPlanned } from './events/delivery';
export {
  incidentChanges,
  incidentEvent,
  incidentFacts,
  incidentUpdated,
  instantText,
  type IncidentFacts,
} from './events/incident';
export {
  deliverChunk,
  jobCatalog,
  laneChannels,
  laneQueue,
  timerAlarm,
  type DeliverChunk,
  type JobName,
} from './job-catalog';
export { revealedAddress, snapshotMember } from './sql-doors';
export { deadLetterTopic, intakeTopic, topicPlans, type TopicPlan } from './topics';
export {
  instantField,
  limitField,
  nothing,
  reasonField,
  severalOf,
  withReason,
  type Frozen,
  type WithReason,
} from './http/fields';
export { fieldFaultsOf, type FieldFault } from './http/field-faults';
export {
  idOrNumber,
  incidentFilter,
  mergeIncident,
  raiseIncident,
  resolveIncident,
  updateIncident,
  type IncidentQuery,
  type MergeIncident,
  type RaiseIncident,
  type RaiseIncidentBody,
  type ResolveIncident,
  type ResolveIncidentBody,
  type UpdateIncident,
  type UpdateIncidentBody,
} from './http/incident-acts';
export {
  audienceView,
  incidentList,
  incidentView,
  shownIncident,
  type AudienceView,
  type IncidentList,
  type IncidentView,
  type ShownIncidentView,
} from './http/incident-views';
export {
  approvalResults,
  approveMessages,
  editMessage,
  messageFilter,
  messageList,
  messageStates,
  messageView,
  submitMessage,
  type ApprovalResults,
  type ApproveMessages,
  type EditMessage,
  type MessageList,
  type MessageQuery,
  type ShownMessage,
  type SubmitMessage,
} from './http/messages';
export {
  submitTemplate,
  templateList,
  templateView,
  type SubmitTemplate,
  type TemplateList,
  type TemplateView,
} from './http/templates';
export {
  policyList,
  policyView,
  submitPolicy,
  type PolicyList,
  type PolicyView,
  type SubmitPolicy,
  type SubmitPolicyBody,
} from './http/policies';
export {
  dispatchFilter,
  dispatchList,
  dispatchView,
  type DispatchList,
  type DispatchQuery,
  type DispatchView,
} from './http/dispatches';
export {
  gateList,
  movedGate,
  moveGate,
  type GateList,
  type MovedGate,
  type MoveGate,
} from './http/gates';
export {
  exerciseList,
  exerciseView,
  moveExercise,
  type ExerciseList,
  type ExerciseView,
  type MoveExercise,
} from './http/exercises';
export {
  registerSource,
  sourceList,
  sourceView,
  type RegisterSource,
  type RegisterSourceBody,
  type SourceList,
  type SourceView,
} from './http/sources';
export {
  deadLetterFilter,
  deadLetterList,
  deadLetterNumber,
  deadLetterView,
  intakeStatus,
  replayed,
  type DeadLetterList,
  type DeadLetterQuery,
  type DeadLetterView,
  type IntakeStatus,
  type Replayed,
} from './http/intake';
export { ledgerFilter, ledgerView, type LedgerQuery, type LedgerView } from './http/ledger';
export { meView, type Me } from './http/me';
