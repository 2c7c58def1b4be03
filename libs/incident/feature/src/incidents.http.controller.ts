import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { idOrNumber, nothing, type IncidentList, type IncidentView } from '@varde/contracts';
import type { SignedInPerson } from '@varde/platform-auth';
import { CurrentPerson, parsed, Permission } from '@varde/platform-http';
import { IncidentDesk } from './incident-desk.service';
import { incidentViewOf } from './incident-view';
import {
  IncidentDto,
  IncidentFilterDto,
  IncidentListDto,
  MergeIncidentDto,
  RaiseIncidentDto,
  ResolveIncidentDto,
  UpdateIncidentDto,
  WithReasonDto,
} from './incidents.dto';

const Id = (): ParameterDecorator => Param('id', parsed(idOrNumber));

/** What people do with incidents. */
@Controller('v1/incidents')
export class IncidentsController {
  constructor(@Inject(IncidentDesk) private readonly desk: IncidentDesk) {}

  @Post()
  @Permission('incident.raise')
  @ApiOperation({ summary: 'Raise an incident; the same reference again answers the same one' })
  @ApiCreatedResponse({ type: IncidentDto.Output })
  @ApiOkResponse({ type: IncidentDto.Output, description: 'it had been raised before' })
  async raise(
    @Body() body: RaiseIncidentDto,
    @CurrentPerson() person: SignedInPerson,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IncidentView> {
    const { incident, wasRaisedBefore } = await this.desk.raise(person, body);
    void reply.code(wasRaisedBefore ? 200 : 201);
    return incidentViewOf(incident);
  }

  @Get()
  @Permission('incident.read')
  @ApiOperation({ summary: 'List incidents, newest first' })
  @ApiOkResponse({ type: IncidentListDto.Output })
  async list(
    @Query() filter: IncidentFilterDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<IncidentList> {
    return { incidents: await this.desk.list(person, filter) };
  }

  @Post(':id/update')
  @HttpCode(200)
  @Permission('incident.update')
  @ApiOperation({ summary: 'Change the facts, or say how bad it is and why' })
  @ApiOkResponse({ type: IncidentDto.Output })
  update(
    @Id() id: string,
    @Body() body: UpdateIncidentDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<IncidentView> {
    return this.desk.update(person, id, body);
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @Permission('incident.resolve')
  @ApiOperation({ summary: 'Say that service is back; with a reason, whatever the alarms say' })
  @ApiOkResponse({ type: IncidentDto.Output })
  resolve(
    @Id() id: string,
    @Body() body: ResolveIncidentDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<IncidentView> {
    return this.desk.resolve(person, id, body);
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @Permission('incident.confirm')
  @ApiOperation({ summary: 'Confirm the end that the hold-down has shown' })
  @ApiOkResponse({ type: IncidentDto.Output })
  confirm(
    @Id() id: string,
    @Body(parsed(nothing)) _: unknown,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<IncidentView> {
    return this.desk.confirm(person, id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Permission('incident.cancel')
  @ApiOperation({ summary: 'It was no incident' })
  @ApiOkResponse({ type: IncidentDto.Output })
  cancel(
    @Id() id: string,
    @Body() { reason }: WithReasonDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<IncidentView> {
    return this.desk.cancel(person, id, reason);
  }

  @Post(':id/merge')
  @HttpCode(200)
  @Permission('incident.merge')
  @ApiOperation({ summary: 'Merge into another incident; answers the one that goes on' })
  @ApiOkResponse({ type: IncidentDto.Output })
  merge(
    @Id() id: string,
    @Body() body: MergeIncidentDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<IncidentView> {
    return this.desk.merge(person, id, body);
  }

  @Post(':id/reopen')
  @HttpCode(200)
  @Permission('incident.reopen')
  @ApiOperation({ summary: 'It is not over after all' })
  @ApiOkResponse({ type: IncidentDto.Output })
  reopen(
    @Id() id: string,
    @Body() { reason }: WithReasonDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<IncidentView> {
    return this.desk.reopen(person, id, reason);
  }
}
