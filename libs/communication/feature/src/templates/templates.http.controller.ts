import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { nothing, type TemplateList, type TemplateView } from '@varde/contracts';
import type { SignedInPerson } from '@varde/platform-auth';
import { CurrentPerson, Fresh, parsed, Permission } from '@varde/platform-http';
import { requireRightEverywhere } from './right-everywhere';
import { TemplateService } from './template.service';
import { SubmitTemplateDto, TemplateDto, TemplateListDto } from './templates.dto';

/** Ready texts: taken into use by one person, approved by two others. */
@Controller('v1/templates')
export class TemplatesController {
  constructor(@Inject(TemplateService) private readonly templates: TemplateService) {}

  @Get()
  @Permission('template.read')
  @ApiOperation({ summary: 'List templates, newest version of each' })
  @ApiOkResponse({ type: TemplateListDto.Output })
  async list(): Promise<TemplateList> {
    return { templates: await this.templates.list() };
  }

  @Post('submit')
  @HttpCode(200)
  @Permission('template.submit')
  @ApiOperation({ summary: 'Take a ready text into use as its next version' })
  @ApiOkResponse({ type: TemplateDto.Output })
  submit(
    @Body() { template }: SubmitTemplateDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<TemplateView> {
    return this.templates.submit(person.personId, template);
  }

  @Post(':template/:version/approve')
  @HttpCode(200)
  @Permission('template.approve')
  @Fresh()
  @ApiOperation({ summary: 'Approve a version; two people do, neither its author' })
  @ApiOkResponse({ type: TemplateDto.Output })
  approve(
    @Param('template', parsed(z.string().max(40))) template: string,
    @Param('version', parsed(z.coerce.number().int().min(1).max(1_000_000))) version: number,
    @Body(parsed(nothing)) _: unknown,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<TemplateView> {
    requireRightEverywhere(person, 'template.approve');
    return this.templates.approve(person.personId, template, version);
  }
}
