export {
  accessMask,
  everyService,
  internetMask,
  serviceMask,
  smsMask,
} from './resolve/service-mask';
export { messageChannels, type MessageChannel } from './resolve/world';
export { occasions, type Occasion } from './resolve/snapshot';
export { isFixedLine, isNationalNumber, type AddressGrammar } from './import/address-grammar';
export { readAgreement, type AgreementRow } from './import/agreement-row';
export {
  areaProperties,
  propertiesOf,
  readArea,
  type AreaNames,
  type AreaRow,
} from './import/area-feature';
export {
  areaShape,
  clockwiseArea,
  type AreaGeometry,
  type Position,
  type Ring,
} from './import/area-shape';
export type { Cells } from './import/cell';
export {
  agreementColumns,
  contactColumns,
  customerColumns,
  delimiterOf,
  elementColumns,
  placesOf,
  subscriptionColumns,
  type ColumnContract,
  type ColumnOf,
  type ColumnPlaces,
} from './import/columns';
export { contactNeedsCountry, readContact, type ContactRow } from './import/contact-row';
export { readCustomer, type CustomerRow } from './import/customer-row';
export { readElement, type ElementRow } from './import/element-row';
export {
  problemReasons,
  problemSentence,
  type ProblemReason,
  type Reading,
  type RowProblem,
} from './import/row-problem';
export { spreadsheetCell } from './import/spreadsheet-cell';
export {
  readSubscription,
  subscriptionNeedsCountry,
  type SubscriptionRow,
} from './import/subscription-row';
export { readCalendar, type SupportCalendar } from './import/support-calendar';
export { checkEnding, endingLimitPercent, type Ending } from './import/whole-file';
export {
  importKinds,
  societyKinds,
  type ImportCountry,
  type ImportKind,
  type ImportLanguage,
  type ImportService,
  type SocietyKind,
} from './import/words';
