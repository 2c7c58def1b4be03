import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { LedgerView } from '@varde/contracts';
import type { SignedInPerson } from '@varde/platform-auth';
import { CurrentPerson, Permission } from '@varde/platform-http';
import { LedgerDesk } from './ledger-desk.service';
import { LedgerDto, LedgerFilterDto } from './ledger.dto';

/** What was planned against what became of it. */
@Controller('v1/ledger')
export class LedgerController {
  constructor(@Inject(LedgerDesk) private readonly desk: LedgerDesk) {}

  @Get()
  @Permission('ledger.read')
  @ApiOperation({ summary: 'Add up the account, and say what must never be' })
  @ApiOkResponse({ type: LedgerDto.Output })
  check(
    @Query() { incident }: LedgerFilterDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<LedgerView> {
    return this.desk.check(person, incident);
  }
}
