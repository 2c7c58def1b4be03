import {
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import {
  MessageDesk,
  MessagesController,
  MessageService,
  PoliciesController,
  PolicyService,
  TemplatesController,
  TemplateService,
} from '@varde/communication-feature';
import {
  DispatchDesk,
  DispatchesController,
  GateDesk,
  GatesController,
  GateService,
  IncidentCountries,
  LedgerController,
  LedgerDesk,
} from '@varde/delivery-feature';
import {
  countryOfIncident,
  ExerciseDesk,
  ExercisesController,
  IncidentDesk,
  incidentFeature,
  IncidentsController,
  IntakeController,
  IntakeDesk,
  SourceDesk,
  SourcesController,
} from '@varde/incident-feature';
import { Database } from '@varde/platform-database';
import type { Log } from '@varde/platform-observability';
import type { ApiParts } from './api';
import { MeController } from './me.http.controller';
import { ShownIncidentController } from './shown-incident.http.controller';

/** Closes the connections once the door is shut and the last answer is out. */
class ApiEnd implements OnApplicationShutdown {
  constructor(private readonly stop: () => Promise<void>) {}

  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }
}

/** The features behind their HTTP door. */
@Module({})
export class ApiModule {
  /**
   * @param api  already started
   * @param stop what to do after the door is shut
   */
  static of(api: ApiParts, log: Log, stop: () => Promise<void>): DynamicModule {
    return {
      module: ApiModule,
      controllers: [
        DispatchesController,
        ExercisesController,
        GatesController,
        IncidentsController,
        IntakeController,
        LedgerController,
        MeController,
        MessagesController,
        PoliciesController,
        ShownIncidentController,
        SourcesController,
        TemplatesController,
      ],
      providers: [
        { provide: Database, useValue: api.database },
        ...incidentProviders(api, log),
        ...communicationProviders(api),
        ...deliveryProviders(api),
        { provide: ApiEnd, useValue: new ApiEnd(stop) },
      ],
    };
  }
}

function incidentProviders({ database, outbox, clock }: ApiParts, log: Log): Provider[] {
  const feature = incidentFeature({
    outbox,
    onHandlerError: (cause, at) => log.error('intake.handler-failed', { err: cause, ...at }),
  });
  const { incidents, exercises, sources, intake, deadLetters } = feature;
  return [
    { provide: IncidentDesk, useValue: new IncidentDesk(database, incidents, clock) },
    { provide: ExerciseDesk, useValue: new ExerciseDesk(database, exercises, clock) },
    { provide: SourceDesk, useValue: new SourceDesk(database, sources) },
    { provide: IntakeDesk, useValue: new IntakeDesk(database, intake, deadLetters, clock) },
  ];
}

function communicationProviders({ database, outbox, clock, settings }: ApiParts): Provider[] {
  const messages = new MessageService(database, outbox, clock, settings);
  return [
    { provide: MessageDesk, useValue: new MessageDesk(database, messages) },
    { provide: TemplateService, useValue: new TemplateService(database) },
    { provide: PolicyService, useValue: new PolicyService(database) },
  ];
}

function deliveryProviders({ database, gateDatabase }: ApiParts): Provider[] {
  const gates = new GateService(gateDatabase);
  const countries = new KnownCountries(database);
  return [
    { provide: DispatchDesk, useValue: new DispatchDesk(database, countries) },
    { provide: GateDesk, useValue: new GateDesk(database, gates, countries) },
    { provide: LedgerDesk, useValue: new LedgerDesk(database, countries) },
  ];
}

class KnownCountries extends IncidentCountries {
  constructor(private readonly database: Database) {
    super();
  }

  countryOf(incidentId: string): ReturnType<IncidentCountries['countryOf']> {
    return countryOfIncident(this.database, incidentId);
  }
}
