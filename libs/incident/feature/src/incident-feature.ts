import type { Outbox } from '@varde/platform-outbox';
import { AlarmRepository } from './alarm.repository';
import { AlarmService } from './alarm.service';
import { CorrelationService } from './correlation.service';
import { DeadLetterRepository } from './dead-letter.repository';
import { ExerciseRepository } from './exercise.repository';
import { InboxRepository } from './inbox.repository';
import { IncidentKeeper } from './incident-keeper';
import { IncidentRepository } from './incident.repository';
import { IncidentService } from './incident.service';
import { IntakeService, type OnHandlerError } from './intake.service';
import { NamedThings } from './named-things';
import { NeighbourhoodRepository } from './neighbourhood.repository';
import { ParkedReportRepository } from './parked-report.repository';
import { ReportService } from './report.service';
import { SourceRepository } from './source.repository';
import { TimerRepository } from './timer.repository';
import { TimerService } from './timer.service';
import { IncidentTopology } from './topology.repository';

/** Everything that a program may ask of the incident context. */
export interface IncidentFeature {
  readonly intake: IntakeService;
  readonly incidents: IncidentService;
  readonly timers: TimerService;
  readonly sources: SourceRepository;
  readonly exercises: ExerciseRepository;
  readonly deadLetters: DeadLetterRepository;
  readonly topology: IncidentTopology;
}

/** Puts the incident context together. It holds no connection and no state of its own: each call brings its transaction. */
export function incidentFeature(needs: {
  outbox: Outbox;
  onHandlerError: OnHandlerError;
}): IncidentFeature {
  const topology = new IncidentTopology();
  const alarms = new AlarmRepository();
  const incidents = new IncidentRepository();
  const neighbourhood = new NeighbourhoodRepository();
  const exercises = new ExerciseRepository();
  const deadLetters = new DeadLetterRepository();
  const sources = new SourceRepository();
  const parked = new ParkedReportRepository(deadLetters);
  const timers = new TimerRepository(needs.outbox);
  const keeper = new IncidentKeeper(incidents, timers, topology, needs.outbox);
  const correlation = new CorrelationService(alarms, incidents, neighbourhood, keeper);
  const alarmService = new AlarmService(
    alarms,
    incidents,
    topology,
    neighbourhood,
    exercises,
    keeper,
    correlation,
  );
  const reports = new ReportService(
    incidents,
    alarms,
    parked,
    timers,
    topology,
    neighbourhood,
    exercises,
    keeper,
    correlation,
  );
  return {
    intake: new IntakeService(
      sources,
      new InboxRepository(),
      deadLetters,
      alarmService,
      reports,
      needs.onHandlerError,
    ),
    incidents: new IncidentService(
      incidents,
      reports,
      correlation,
      keeper,
      new NamedThings(topology, alarms),
    ),
    timers: new TimerService(timers, incidents, parked, keeper),
    sources,
    exercises,
    deadLetters,
    topology,
  };
}
