export type {
  BrokerMarks,
  ConsumeOptions,
  EventBus,
  IncomingRecord,
  OutgoingRecord,
  SliceResult,
  Subscription,
  TopicRequest,
  WaterMarks,
} from './event-bus';
export {
  assertWired,
  FactConsumer,
  type FactConsumerOptions,
  type FactHandlers,
} from './fact-consumer';
export { noteGap } from './gap';
export { GapWatch } from './gap-watch';
export { KafkajsBus, type KafkaOptions } from './kafkajs-bus';
export { Places, type Place } from './place';
export { lockOffset, moveOffset } from './stored-offset';
