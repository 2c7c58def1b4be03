import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { GateList, MovedGate } from '@varde/contracts';
import type { SignedInPerson } from '@varde/platform-auth';
import { CurrentPerson, Fresh, Permission } from '@varde/platform-http';
import { GateDesk } from './gate-desk.service';
import { GateListDto, MovedGateDto, MoveGateDto } from './gates.dto';

/** The brake: one person halts, two release. */
@Controller('v1/gates')
export class GatesController {
  constructor(@Inject(GateDesk) private readonly desk: GateDesk) {}

  @Get()
  @Permission('dispatch.read')
  @ApiOperation({ summary: 'List what is halted now' })
  @ApiOkResponse({ type: GateListDto.Output })
  async list(): Promise<GateList> {
    return { gates: await this.desk.halted() };
  }

  @Post('halt')
  @HttpCode(200)
  @Permission('dispatch.halt')
  @ApiOperation({ summary: 'Halt; nothing leaves after the answer, and it says what had left' })
  @ApiOkResponse({ type: MovedGateDto.Output })
  halt(@Body() body: MoveGateDto, @CurrentPerson() person: SignedInPerson): Promise<MovedGate> {
    return this.desk.halt(person, body);
  }

  @Post('ask-release')
  @HttpCode(200)
  @Permission('dispatch.ask-release')
  @ApiOperation({ summary: 'Ask for the release; another person releases within 15 minutes' })
  @ApiOkResponse({ type: MovedGateDto.Output })
  askRelease(
    @Body() body: MoveGateDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<MovedGate> {
    return this.desk.askRelease(person, body);
  }

  @Post('release')
  @HttpCode(200)
  @Permission('dispatch.release')
  @Fresh()
  @ApiOperation({ summary: 'Release what another person asked for' })
  @ApiOkResponse({ type: MovedGateDto.Output })
  release(@Body() body: MoveGateDto, @CurrentPerson() person: SignedInPerson): Promise<MovedGate> {
    return this.desk.release(person, body);
  }
}
