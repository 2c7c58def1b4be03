import { aPrefix, brokers } from '@varde/testing';
import { keepsTheEventBusContract } from './event-bus.contract';
import { KafkajsBus } from './kafkajs-bus';

keepsTheEventBusContract({
  name: 'kafkajs and Apache Kafka',
  open: () =>
    new KafkajsBus({ brokers: brokers(), clientId: 'contract', prefix: aPrefix(), maxWaitMs: 50 }),
  // kafkajs tries everything else again; this is its own word for what will never work.
  deadly: () =>
    Object.assign(new Error('the broker does not know how'), { name: 'KafkaJSNotImplemented' }),
});
