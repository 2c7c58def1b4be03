import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { nothing, type PolicyList, type PolicyView } from '@varde/contracts';
import type { SignedInPerson } from '@varde/platform-auth';
import { CurrentPerson, Fresh, parsed, Permission } from '@varde/platform-http';
import { PolicyDto, PolicyListDto, SubmitPolicyDto } from './policies.dto';
import { PolicyService } from './policy.service';
import { requireRightEverywhere } from './right-everywhere';

/** What may go without anybody: written by one, approved by two others. */
@Controller('v1/policies')
export class PoliciesController {
  constructor(@Inject(PolicyService) private readonly policies: PolicyService) {}

  @Get()
  @Permission('policy.read')
  @ApiOperation({ summary: 'List policies, newest first' })
  @ApiOkResponse({ type: PolicyListDto.Output })
  async list(): Promise<PolicyList> {
    return { policies: await this.policies.list() };
  }

  @Post('submit')
  @Permission('policy.submit')
  @ApiOperation({ summary: 'Propose a policy' })
  @ApiCreatedResponse({ type: PolicyDto.Output })
  submit(
    @Body() body: SubmitPolicyDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<PolicyView> {
    return this.policies.submit(person.personId, body);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Permission('policy.approve')
  @Fresh()
  @ApiOperation({
    summary: 'Approve a policy; two people do, authors of neither it nor its template',
  })
  @ApiOkResponse({ type: PolicyDto.Output })
  approve(
    @Param('id', parsed(z.uuid())) id: string,
    @Body(parsed(nothing)) _: unknown,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<PolicyView> {
    requireRightEverywhere(person, 'policy.approve');
    return this.policies.approve(person.personId, id);
  }
}
