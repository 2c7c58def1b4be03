export { twilioStatuses, type AddressedChannel } from '@varde/delivery-domain';
export { deliveryFacts } from './fan-out/delivery-facts';
export { FanOut } from './fan-out/fan-out.service';
export { GateService, type Gate } from './gates/gate.service';
export { GateWatch } from './lanes/gate-watch';
export { LaneRunner, type LaneRunnerParts } from './lanes/lane-runner';
export { LookUps, type LookUpParts } from './lanes/look-ups';
export { Pace } from './lanes/pace';
export type { AddressReader, Claimed, DispatchTexts, Lane, LoadedDispatch } from './lanes/ports';
export { LaneSweeper } from './lanes/sweeper';
export {
  checkLedger,
  type Ledger,
  type LedgerFault,
  type LedgerLine,
} from './ledger/ledger.service';
export { NoticeSender } from './notices/notice-sender';
export { noticeKinds, type NoticeKind } from './notices/notice-text';
export {
  TwilioReceipts,
  type ReceiptTrust,
  type TwilioCallback,
} from './receipts/twilio-receipts.service';
export { DispatchDesk } from './dispatches/dispatch-desk.service';
export { DispatchesController } from './dispatches/dispatches.http.controller';
export { IncidentCountries } from './dispatches/incident-countries';
export { GateDesk } from './gates/gate-desk.service';
export { GatesController } from './gates/gates.http.controller';
export { LedgerDesk } from './ledger/ledger-desk.service';
export { LedgerController } from './ledger/ledger.http.controller';
