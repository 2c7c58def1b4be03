import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  type RawBodyRequest,
} from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { Refusal, seconds } from '@varde/kernel';
import type { SignedInPerson } from '@varde/platform-auth';
import { correlationId } from '@varde/platform-observability';
import { CurrentPerson, Fresh, Permission, Public } from '../access';
import { tooManyRequests } from '../later';
import { parsed } from '../parsed.pipe';

const raise = z.strictObject({
  title: z.string().min(3).max(80),
  mode: z.enum(['live', 'exercise']),
  place: z.strictObject({ area: z.string() }).optional(),
});
class RaiseDto extends createZodDto(raise) {}

const list = z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20) });
class ListDto extends createZodDto(list) {}

/** What `refuse/:code` throws besides refusals. */
export const faults = {
  fault: () => new Error('password=hunter2 of +4790000902'),
  later: () => tooManyRequests('You ask too often. Wait a moment.', seconds(7)),
  lost: () =>
    Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' }),
} as const;

/** A controller in the shape that features have, with one handler for each thing that can go wrong. */
@Controller('specimens')
export class SpecimenController {
  @Post()
  @Permission('incident.raise')
  @ApiOperation({ summary: 'Raise an incident' })
  raise(@Body() body: RaiseDto, @CurrentPerson() person: SignedInPerson): object {
    return { body, by: person.personId, correlationId: correlationId() };
  }

  @Get()
  @Permission('incident.read')
  @ApiOperation({ summary: 'List incidents <script>' })
  list(@Query() query: ListDto): object {
    return query;
  }

  @Get(':id')
  @Permission('incident.read')
  @ApiOperation({ summary: 'Show one incident' })
  show(@Param('id', parsed(z.uuid())) id: string): object {
    return { id };
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Permission('message.approve')
  @Fresh()
  @ApiOperation({ summary: 'Approve' })
  approve(@CurrentPerson() person: SignedInPerson): object {
    return { by: person.personId };
  }

  @Get('refuse/:code')
  @Public('a spec asks without a sign-in')
  @ApiOperation({ summary: 'Refuse' })
  refuse(@Param('code', parsed(z.string())) code: string): never {
    const fault = faults[code as keyof typeof faults];
    throw (
      fault?.() ?? new Refusal(code, 'This is refused. Do something else.', { count: 3 }, 'title')
    );
  }

  @Post('bytes')
  @Public('a spec sends bytes')
  @ApiOperation({ summary: 'Count bytes' })
  bytes(@Req() request: RawBodyRequest<FastifyRequest>): object {
    return { bytes: request.rawBody?.toString('utf8') ?? null };
  }
}
