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
