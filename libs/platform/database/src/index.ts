export type { ContextRole } from './context-role';
export { Database, type DatabaseOptions } from './database';
export { isConnectionLoss, isContention, translated } from './translate';
export type { Tx } from './tx';
export { whyUnreachable } from './why-unreachable';
