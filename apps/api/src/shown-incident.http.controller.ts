import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { audienceSeenOf } from '@varde/communication-feature';
import { idOrNumber, shownIncident, type ShownIncidentView } from '@varde/contracts';
import { IncidentDesk, incidentViewOf, personsIn, timelineView } from '@varde/incident-feature';
import { IdentityRepository, isPermitted, type SignedInPerson } from '@varde/platform-auth';
import { Database } from '@varde/platform-database';
import { CurrentPerson, parsed, Permission } from '@varde/platform-http';

class ShownIncidentDto extends createZodDto(shownIncident) {}

/** An incident with whom it hits and who did what: three contexts in one answer, so it is the program's own route. */
@Controller('v1/incidents')
export class ShownIncidentController {
  private readonly identity = new IdentityRepository();

  constructor(
    @Inject(IncidentDesk) private readonly desk: IncidentDesk,
    @Inject(Database) private readonly database: Database,
  ) {}

  @Get(':id')
  @Permission('incident.read')
  @ApiOperation({ summary: 'Show an incident, what happened to it, and who is affected' })
  @ApiOkResponse({ type: ShownIncidentDto.Output })
  async show(
    @Param('id', parsed(idOrNumber)) id: string,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<ShownIncidentView> {
    const { incident, timeline } = await this.desk.show(person, id);
    const seesAudience = isPermitted(person, 'audience.read', incident.country);
    const names = await this.database.unitOfWork('varde_identity', (tx) =>
      this.identity.namesOf(tx, personsIn(timeline)),
    );
    return {
      incident: incidentViewOf(incident),
      timeline: timelineView(timeline, names),
      audience: seesAudience ? await audienceSeenOf(this.database, incident.incidentId) : null,
    };
  }
}
