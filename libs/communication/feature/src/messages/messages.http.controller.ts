import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import type { ApprovalResults, MessageList, ShownMessage } from '@varde/contracts';
import type { SignedInPerson } from '@varde/platform-auth';
import { CurrentPerson, Fresh, parsed, Permission } from '@varde/platform-http';
import { MessageDesk } from './message-desk.service';
import {
  ApprovalResultsDto,
  ApproveMessagesDto,
  EditMessageDto,
  MessageDto,
  MessageFilterDto,
  MessageListDto,
  SubmitMessageDto,
  WithReasonDto,
} from './messages.dto';

const Id = (): ParameterDecorator => Param('id', parsed(z.uuid()));

/** Drafts, their versions, and the approvals that let them go. */
@Controller('v1/messages')
export class MessagesController {
  constructor(@Inject(MessageDesk) private readonly desk: MessageDesk) {}

  @Get()
  @Permission('message.read')
  @ApiOperation({ summary: 'List messages, newest first' })
  @ApiOkResponse({ type: MessageListDto.Output })
  async list(
    @Query() filter: MessageFilterDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<MessageList> {
    return { messages: await this.desk.list(person, filter) };
  }

  @Get(':id')
  @Permission('message.read')
  @ApiOperation({ summary: 'Show a message as its readers get it, with cost, minutes and history' })
  @ApiOkResponse({ type: MessageDto.Output })
  show(@Id() id: string, @CurrentPerson() person: SignedInPerson): Promise<ShownMessage> {
    return this.desk.show(person, id);
  }

  @Post('approve')
  @HttpCode(200)
  @Permission('message.approve')
  @Fresh()
  @ApiOperation({ summary: 'Approve what was read: all of these, or none' })
  @ApiOkResponse({ type: ApprovalResultsDto.Output })
  approve(
    @Body() body: ApproveMessagesDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<ApprovalResults> {
    return this.desk.approve(person, body);
  }

  @Post(':id/edit')
  @HttpCode(200)
  @Permission('message.edit')
  @ApiOperation({ summary: 'Save your own words as the next version' })
  @ApiOkResponse({ type: MessageDto.Output })
  edit(
    @Id() id: string,
    @Body() body: EditMessageDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<ShownMessage> {
    return this.desk.edit(person, id, body);
  }

  @Post(':id/submit')
  @HttpCode(200)
  @Permission('message.submit')
  @ApiOperation({ summary: 'Ask for approval' })
  @ApiOkResponse({ type: MessageDto.Output })
  submit(
    @Id() id: string,
    @Body() { note }: SubmitMessageDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<ShownMessage> {
    return this.desk.submit(person, id, note);
  }

  @Post(':id/return')
  @HttpCode(200)
  @Permission('message.return')
  @ApiOperation({ summary: 'Send back to be rewritten' })
  @ApiOkResponse({ type: MessageDto.Output })
  return(
    @Id() id: string,
    @Body() { reason }: WithReasonDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<ShownMessage> {
    return this.desk.return(person, id, reason);
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Permission('message.reject')
  @ApiOperation({ summary: 'End it unsent' })
  @ApiOkResponse({ type: MessageDto.Output })
  reject(
    @Id() id: string,
    @Body() { reason }: WithReasonDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<ShownMessage> {
    return this.desk.reject(person, id, reason);
  }
}
