export { Outbox, type JobData, type Wake } from './outbox';
export { Relay, type RelayOptions } from './relay';
