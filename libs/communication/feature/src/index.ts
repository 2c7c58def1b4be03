export { communicationFacts } from './drafting/communication-facts';
export { OccasionService, systemPerson } from './drafting/occasion.service';
export type { DraftRow, Forecast, MessageView, ShownText } from './messages/message-view';
export {
  MessageService,
  type ApprovalRequest,
  type ApprovalResult,
  type EditCommand,
  type MessageFilter,
} from './messages/message.service';
export { communicationEnv, communicationSettings, type CommunicationSettings } from './settings';
export { PolicyService, type PolicyCommand, type PolicySummary } from './templates/policy.service';
export { TemplateService, type TemplateSummary } from './templates/template.service';
export { ApprovedTexts, type CheckedDispatch, type DispatchContent } from './texts/dispatch-texts';
export { CommunicationTimers } from './timers/timer.service';
export { audienceSeenOf } from './messages/audience-seen';
export { MessageDesk } from './messages/message-desk.service';
export { MessagesController } from './messages/messages.http.controller';
export { PoliciesController } from './templates/policies.http.controller';
export { TemplatesController } from './templates/templates.http.controller';
