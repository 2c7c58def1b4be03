export {
  CurrentPerson,
  Fresh,
  Permission,
  personOfRequest,
  Public,
  type AccessRule,
} from './access';
export type { Authenticate } from './access.guard';
export {
  createHttpApp,
  prepareHttpApp,
  type HttpAddress,
  type HttpApp,
  type HttpAppOptions,
} from './http-app';
export { NotNow, notAvailable, tooManyRequests } from './later';
export { openApiDocument, type ApiTitle } from './open-api';
export { parsed, RequestInvalid, type FieldProblem } from './parsed.pipe';
export { problem, type Problem } from './problem';
export { refusalCodesWithStatus, statusOfRefusal } from './refusal-status';
export { routeTable, type Route } from './route-table';
export { plainPagePolicy, securityHeaders } from './security-headers';
export { RoutesUnfit } from './start-up-check';
