import { createZodDto } from 'nestjs-zod';
import {
  approvalResults,
  approveMessages,
  editMessage,
  messageFilter,
  messageList,
  messageView,
  submitMessage,
  withReason,
} from '@varde/contracts';

// Classes for the documentation; the schemas are the contract's.
export class MessageFilterDto extends createZodDto(messageFilter) {}
export class EditMessageDto extends createZodDto(editMessage) {}
export class SubmitMessageDto extends createZodDto(submitMessage) {}
export class ApproveMessagesDto extends createZodDto(approveMessages) {}
export class WithReasonDto extends createZodDto(withReason) {}
export class MessageDto extends createZodDto(messageView) {}
export class MessageListDto extends createZodDto(messageList) {}
export class ApprovalResultsDto extends createZodDto(approvalResults) {}
