export { argumentNames, type ArgumentSetting } from './arguments';
export { contentProblems, mayBeSubmitted, type ContentToCheck } from './completeness';
export {
  smsEstimate,
  type SegmentPrice,
  type SmsEstimate,
  type SmsGroup,
  type SmsPlan,
  type Sum,
} from './cost';
export {
  factInstant,
  factTypes,
  fieldTypes,
  misfits,
  type Fact,
  type Fields,
  type FieldType,
  type FieldTypes,
} from './field-types';
export {
  formatArea,
  formatInArea,
  type Area,
  type AreaLevel,
  type AreaSetting,
} from './format/area';
export { formatList } from './format/list';
export { formatCount, formatShare, roundedCount } from './format/number';
export { formatServices, formatServicesTitle } from './format/service';
export {
  formatClock,
  formatDateTime,
  formatDay,
  formatEstimate,
  formatTime,
  formatWindow,
  quarterUp,
  saysRelativeDay,
  type TimeSetting,
} from './format/time';
export { endOfDay, timeZoneOf, wallTime, type WallTime } from './format/wall-time';
export { compile, type Arguments, type CompiledText } from './icu';
export { linkProblems, type LinkProblem } from './links';
export { plainSigns } from './plain-signs';
export {
  exercisePrefix,
  renderEmail,
  renderSms,
  sendBefore,
  type RenderedEmail,
  type RenderedSms,
  type Rendering,
} from './render';
export { escapeHtml, headerSafe } from './safe-text';
export { foreignSigns, smsSegments, type SmsSegments } from './segments';
export { fieldsFor, templateOf, templates, type Template } from './templates';
export {
  problemCodes,
  textProblems,
  type CheckedText,
  type ContentProblem,
  type ProblemCode,
} from './text-checks';
export {
  fallbackOf,
  shownLanguage,
  textsIn,
  type EmailTemplate,
  type EmailText,
  type LanguageTexts,
  type SmsTemplate,
  type Texts,
} from './texts';
export {
  causeGroups,
  channels,
  countries,
  effects,
  estimateStates,
  languages,
  modes,
  scenarios,
  services,
  stages,
  workStates,
  type CauseGroup,
  type Channel,
  type Country,
  type Effect,
  type EstimateState,
  type Language,
  type Mode,
  type Scenario,
  type Service,
  type Stage,
  type WorkState,
} from './vocabulary';
export {
  afterAct,
  answerWithin,
  approvalLife,
  approve,
  draftStates,
  draftTransitions,
  mayEdit,
  mayStillGo,
  type ApproveCommand,
  type DraftAct,
  type DraftStanding,
  type DraftState,
} from './approval/approve';
export { factsOf, minute, type FactSetting } from './drafting/facts';
export {
  firstStatementWarning,
  firstStatementWithin,
  isStatementMissing,
  owesStatement,
  statementClock,
  type StatementFacts,
} from './drafting/first-statement';
export type { Group } from './drafting/group';
export { planHoldingTexts, type Silence } from './drafting/holding-text';
export type { Occasion, Plan, PlannedMessage } from './drafting/occasion';
export { planMessages } from './drafting/plan-messages';
export type { Headcount, Readers } from './drafting/readers';
export { estimateAhead, estimateState, stageFor, type IncidentSketch } from './drafting/stage';
export {
  isHoldingText,
  isOfTheFault,
  isWaiting,
  shareReaders,
  type StandingMessage,
} from './drafting/standing';
