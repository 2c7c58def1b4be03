import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import type { DispatchList, DispatchView } from '@varde/contracts';
import type { SignedInPerson } from '@varde/platform-auth';
import { CurrentPerson, parsed, Permission } from '@varde/platform-http';
import { DispatchDesk } from './dispatch-desk.service';
import { DispatchDto, DispatchFilterDto, DispatchListDto } from './dispatches.dto';

/** What went, and how far it has come. */
@Controller('v1/dispatches')
export class DispatchesController {
  constructor(@Inject(DispatchDesk) private readonly desk: DispatchDesk) {}

  @Get()
  @Permission('dispatch.read')
  @ApiOperation({ summary: 'List dispatches, newest first, with their lanes' })
  @ApiOkResponse({ type: DispatchListDto.Output })
  async list(
    @Query() filter: DispatchFilterDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<DispatchList> {
    return { dispatches: await this.desk.list(person, filter) };
  }

  @Get(':id')
  @Permission('dispatch.read')
  @ApiOperation({ summary: 'Show a dispatch, its lanes, and what halts it' })
  @ApiOkResponse({ type: DispatchDto.Output })
  show(
    @Param('id', parsed(z.uuid())) id: string,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<DispatchView> {
    return this.desk.show(person, id);
  }
}
