export { audienceFacts } from './audience.consumer';
export {
  DeadLetterRepository,
  deadLetterReasons,
  type DeadLetter,
  type DeadLetterReason,
} from './dead-letter.repository';
export { ExerciseRepository } from './exercise.repository';
export { incidentFeature, type IncidentFeature } from './incident-feature';
export type { IncidentFilter, TimelineLine } from './incident.repository';
export { IncidentService, type Act, type ShownIncident } from './incident.service';
export { IntakeService, type OnHandlerError, type Taken } from './intake.service';
export type { Raise } from './report.service';
export { SourceRepository } from './source.repository';
export { TimerService } from './timer.service';
export {
  IncidentTopology,
  type AreaRow,
  type ElementRow,
  type PlacedElement,
} from './topology.repository';
export { DeadLetterPublisher } from './dead-letter.publisher';
export { IntakeConsumer, type IntakeConsumerParts } from './intake.consumer';
export { ExerciseDesk } from './exercise-desk.service';
export { ExercisesController } from './exercises.http.controller';
export { countryOfIncident } from './incident-country';
export { IncidentDesk } from './incident-desk.service';
export { incidentViewOf, personsIn, timelineView } from './incident-view';
export { IncidentsController } from './incidents.http.controller';
export { IntakeDesk } from './intake-desk.service';
export { IntakeController } from './intake.http.controller';
export { SourceDesk } from './source-desk.service';
export { SourcesController } from './sources.http.controller';
export { guessDialect, recordToPublish } from '@varde/incident-domain';
