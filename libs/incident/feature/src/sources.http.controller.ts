import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { SourceList, SourceView } from '@varde/contracts';
import type { SignedInPerson } from '@varde/platform-auth';
import { CurrentPerson, Permission } from '@varde/platform-http';
import { SourceDesk } from './source-desk.service';
import { RegisterSourceDto, SourceDto, SourceListDto } from './sources.dto';

/** The network systems and desks that may tell us something. */
@Controller('v1/sources')
export class SourcesController {
  constructor(@Inject(SourceDesk) private readonly desk: SourceDesk) {}

  @Get()
  @Permission('source.read')
  @ApiOperation({ summary: 'List registered sources' })
  @ApiOkResponse({ type: SourceListDto.Output })
  async list(@CurrentPerson() person: SignedInPerson): Promise<SourceList> {
    return { sources: await this.desk.list(person) };
  }

  @Post('register')
  @HttpCode(200)
  @Permission('source.register')
  @ApiOperation({ summary: 'Register a source, or change one' })
  @ApiOkResponse({ type: SourceDto.Output })
  register(
    @Body() body: RegisterSourceDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<SourceView> {
    return this.desk.register(person, body);
  }
}
