export { resolve, type ResolveRequest } from './resolve/resolve';
export { areasWithin, hitSubscriptions, wholeCounties, type IncidentScope } from './resolve/hit';
export type { Member, Snapshot, Unreachable, Voice } from './resolve/snapshot';
export type {
  Agreement,
  Area,
  Contact,
  Customer,
  Day,
  Days,
  NetworkElement,
  Subscription,
  World,
} from './resolve/world';
export {
  aHistoryIn,
  aWorld,
  worldDay,
  type History,
  type HistoryStep,
} from './resolve/world.arbitrary';
