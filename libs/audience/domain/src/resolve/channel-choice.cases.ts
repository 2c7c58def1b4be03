import type { Choice, ChoiceFacts } from './channel-choice';

const somebody: ChoiceFacts = {
  class: 3,
  order: ['sms', 'email'],
  addresses: ['sms', 'email'],
  throughTheFault: [],
  optOuts: [],
  topic: 'outage',
  isSafety: false,
};

/** On what somebody is told, or why on nothing: one sentence a row. */
export const choiceCases: readonly {
  readonly law: string;
  readonly facts: ChoiceFacts;
  readonly choice: Choice;
}[] = [
  { law: 'the first channel of the contact', facts: somebody, choice: { channels: ['sms'] } },
  {
    law: 'the order is the contact’s, not ours',
    facts: { ...somebody, order: ['email', 'sms'] },
    choice: { channels: ['email'] },
  },
  {
    law: 'the next one, where the first has no address',
    facts: { ...somebody, addresses: ['email'] },
    choice: { channels: ['email'] },
  },
  {
    law: 'the next one, where the first runs through the fault',
    facts: { ...somebody, throughTheFault: ['sms'] },
    choice: { channels: ['email'] },
  },
  {
    law: 'a person calling, push and webhook are passed over',
    facts: { ...somebody, order: ['phone', 'push', 'webhook', 'email'] },
    choice: { channels: ['email'] },
  },
  {
    law: 'nobody said an order: all that we have, text message first',
    facts: { ...somebody, order: [] },
    choice: { channels: ['sms'] },
  },
  {
    law: 'an address on a channel that was not asked for is not used',
    facts: { ...somebody, order: ['email'], throughTheFault: ['email'] },
    choice: { reason: 'through-the-fault' },
  },
  {
    law: 'nothing but a person calling',
    facts: { ...somebody, order: ['phone'] },
    choice: { reason: 'no-channel' },
  },
  {
    law: 'no address on any wished channel',
    facts: { ...somebody, order: ['email'], addresses: ['sms'] },
    choice: { reason: 'no-address' },
  },
  {
    law: 'every way through the fault',
    facts: { ...somebody, throughTheFault: ['sms', 'email'] },
    choice: { reason: 'through-the-fault' },
  },
  {
    law: 'a safety message takes both paths',
    facts: { ...somebody, isSafety: true },
    choice: { channels: ['sms', 'email'] },
  },
  {
    law: 'a safety message takes them in the contact’s order',
    facts: { ...somebody, isSafety: true, order: ['email', 'sms'] },
    choice: { channels: ['email', 'sms'] },
  },
  {
    law: 'a safety message takes the one that is usable',
    facts: { ...somebody, isSafety: true, throughTheFault: ['sms'] },
    choice: { channels: ['email'] },
  },
  {
    law: 'a private customer said no to the topic',
    facts: { ...somebody, optOuts: ['outage'] },
    choice: { reason: 'opted-out' },
  },
  {
    law: 'a business said no to the topic',
    facts: { ...somebody, class: 2, optOuts: ['outage'] },
    choice: { reason: 'opted-out' },
  },
  {
    law: 'a no to another topic is no no',
    facts: { ...somebody, optOuts: ['planned-work'] },
    choice: { channels: ['sms'] },
  },
  {
    law: 'a no to planned work',
    facts: { ...somebody, optOuts: ['planned-work'], topic: 'planned-work' },
    choice: { reason: 'opted-out' },
  },
  {
    law: 'an SLA customer is told whatever was said',
    facts: { ...somebody, class: 1, optOuts: ['outage'] },
    choice: { channels: ['sms'] },
  },
  {
    law: 'a hospital is told whatever was said',
    facts: { ...somebody, class: 0, optOuts: ['outage'] },
    choice: { channels: ['sms'] },
  },
  {
    law: 'a safety message goes out whatever was said',
    facts: { ...somebody, isSafety: true, optOuts: ['outage'] },
    choice: { channels: ['sms', 'email'] },
  },
];
