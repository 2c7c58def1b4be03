import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { meView, type Me } from '@varde/contracts';
import { toIso } from '@varde/kernel';
import { isFresh, permissions, isPermitted, type SignedInPerson } from '@varde/platform-auth';
import { CurrentPerson, Permission } from '@varde/platform-http';
import { systemClock } from '@varde/platform-time';

class MeDto extends createZodDto(meView) {}

/** Who the caller is, as our own records say. */
@Controller('v1/me')
export class MeController {
  // Every role holds this one: whoever may do nothing at all is told so.
  @Get()
  @Permission('incident.read')
  @ApiOperation({ summary: 'Who am I, and what may I do?' })
  @ApiOkResponse({ type: MeDto.Output })
  me(@CurrentPerson() person: SignedInPerson): Me {
    return {
      personId: person.personId,
      name: person.name,
      held: person.held,
      permissions: permissions.filter((one) => isPermitted(person, one)),
      isFresh: isFresh(person, systemClock.now()),
      signedInAt: person.authTime === undefined ? null : toIso(person.authTime),
    };
  }
}
