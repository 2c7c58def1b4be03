export {
  ambiguousReasons,
  deferReasons,
  rejectReasons,
  type AmbiguousReason,
  type DeferReason,
  type LookUp,
  type Outcome,
  type RejectReason,
} from './outcome';
export {
  askedPause,
  longestRetryAfterMs,
  lookUpPauses,
  noticePauses,
  pauseAfter,
  spread,
  triedPauses,
  unreachablePauses,
  type RetryAfter,
} from './pauses';
export { outcomeOfSmtp, type SmtpEnd } from './smtp-answers';
export {
  outcomeOfTwilio,
  reasonOfReceipt,
  stateOfReceipt,
  twilioCodes,
  twilioStatuses,
  type TwilioAnswer,
} from './twilio-answers';
export {
  addressedChannels,
  deliveryStates,
  gateScopes,
  type AddressedChannel,
  type DeliveryState,
  type GateScope,
} from './vocabulary';
