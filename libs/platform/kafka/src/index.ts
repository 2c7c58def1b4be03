export type {
  ConsumeOptions,
  EventBus,
  IncomingRecord,
  OutgoingRecord,
  SliceResult,
  Subscription,
  TopicRequest,
} from './event-bus';
export {
  assertWired,
  FactConsumer,
  type FactConsumerOptions,
  type FactHandlers,
} from './fact-consumer';
export { GapWatch } from './gap-watch';
export { KafkajsBus, type KafkaOptions } from './kafkajs-bus';
export { lockOffset, moveOffset } from './stored-offset';
