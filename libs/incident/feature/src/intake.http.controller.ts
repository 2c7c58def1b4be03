import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import {
  deadLetterNumber,
  nothing,
  type DeadLetterList,
  type IntakeStatus,
  type Replayed,
} from '@varde/contracts';
import { parsed, Permission } from '@varde/platform-http';
import { IntakeDesk } from './intake-desk.service';
import { DeadLetterFilterDto, DeadLetterListDto, IntakeStatusDto, ReplayedDto } from './intake.dto';

/** What the network told us, and what of it could not be taken. */
@Controller('v1/intake')
export class IntakeController {
  constructor(@Inject(IntakeDesk) private readonly desk: IntakeDesk) {}

  @Get('status')
  @Permission('intake.read')
  @ApiOperation({ summary: 'How far the intake has come, and what stands open' })
  @ApiOkResponse({ type: IntakeStatusDto.Output })
  status(): Promise<IntakeStatus> {
    return this.desk.status();
  }

  @Get('dead-letters')
  @Permission('intake.read')
  @ApiOperation({ summary: 'List dead letters that nobody has played again' })
  @ApiOkResponse({ type: DeadLetterListDto.Output })
  async deadLetters(@Query() { limit }: DeadLetterFilterDto): Promise<DeadLetterList> {
    return { deadLetters: await this.desk.deadLetters(limit) };
  }

  @Post('dead-letters/:n/replay')
  @HttpCode(200)
  @Permission('intake.replay')
  @ApiOperation({ summary: 'Play a dead letter again, with the sources as they are now' })
  @ApiOkResponse({ type: ReplayedDto.Output })
  replay(
    @Param('n', parsed(deadLetterNumber)) n: string,
    @Body(parsed(nothing)) _: unknown,
  ): Promise<Replayed> {
    return this.desk.replay(n);
  }
}
