import { eventCatalog, topicPlans, type Context, type EventName } from '@varde/contracts';
import { jsonFile, type GeneratedFile } from './generated-file';
import { jsonSchemaOf } from './json-schemas';

const names = Object.keys(eventCatalog) as EventName[];
const topics = [...new Set(names.map((name) => eventCatalog[name].topic))];

// A name as it may stand in a reference: `incident.declared.v1` has dots, which are allowed.
const channelRef = (topic: string): { $ref: string } => ({ $ref: `#/channels/${topic}` });

/** The facts that contexts tell each other, as an AsyncAPI 3.0 document. @source `standards.md` §9.1 */
export function asyncApiDocument(): Record<string, unknown> {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Varde, public facts',
      version: '1',
      description:
        'CloudEvents 1.0 on Kafka in binary mode. Facts of one aggregate share a key, so they keep their order. Readers ignore fields that they do not know.',
    },
    defaultContentType: 'application/json',
    servers: {
      broker: {
        host: '{host}',
        protocol: 'kafka',
        variables: { host: { description: 'a broker of the installation, as host:port' } },
      },
    },
    channels: Object.fromEntries(topics.map((topic) => [topic, channelOf(topic)])),
    operations: Object.fromEntries(names.flatMap(operationsOf)),
    components: {
      messages: Object.fromEntries(names.map((name) => [name, messageOf(name)])),
      schemas: { headers },
    },
  };
}

/** `docs/generated/asyncapi.json`. */
export const asyncApiFile = (): GeneratedFile =>
  jsonFile('docs/generated/asyncapi.json', asyncApiDocument());

function channelOf(topic: string): Record<string, unknown> {
  const plan = topicPlans.find((one) => one.topic === topic);
  const told = names.filter((name) => eventCatalog[name].topic === topic);
  return {
    address: topic,
    messages: Object.fromEntries(
      told.map((name) => [name, { $ref: `#/components/messages/${name}` }]),
    ),
    bindings: {
      kafka: {
        topic,
        partitions: plan?.partitions ?? 1,
        topicConfiguration: {
          'cleanup.policy': ['delete'],
          'retention.ms': plan?.retentionMs ?? 0,
        },
        bindingVersion: '0.5.0',
      },
    },
  };
}

function operationsOf(name: EventName): [string, Record<string, unknown>][] {
  const { topic, owner, consumers } = eventCatalog[name];
  const messages = [{ $ref: `#/channels/${topic}/messages/${name}` }];
  const channel = channelRef(topic);
  return [
    [
      `${owner}.sends.${name}`,
      { action: 'send', channel, messages, title: `${owner} says ${name}` },
    ],
    ...consumers.map((context: Context): [string, Record<string, unknown>] => [
      `${context}.receives.${name}`,
      {
        action: 'receive',
        channel,
        messages,
        title: `${context} hears ${name}`,
        bindings: {
          kafka: {
            groupId: { type: 'string', const: `varde.${context}` },
            bindingVersion: '0.5.0',
          },
        },
      },
    ]),
  ];
}

function messageOf(name: EventName): Record<string, unknown> {
  const { schema, key } = eventCatalog[name];
  const { $schema: _, ...payload } = jsonSchemaOf(schema);
  return {
    name,
    title: name,
    contentType: 'application/json',
    headers: { $ref: '#/components/schemas/headers' },
    payload,
    bindings: { kafka: { key: { type: 'string', description: key }, bindingVersion: '0.5.0' } },
  };
}

const text = (description: string): Record<string, unknown> => ({ type: 'string', description });

const headers = {
  type: 'object',
  required: [
    'ce_specversion',
    'ce_id',
    'ce_type',
    'ce_source',
    'ce_subject',
    'ce_time',
    'content-type',
  ],
  properties: {
    ce_specversion: { type: 'string', const: '1.0' },
    ce_id: { ...text('the same for every repeat of this fact'), format: 'uuid' },
    ce_type: text('the versioned name of the fact'),
    ce_source: text('/varde/<context>'),
    ce_subject: text('the key: the aggregate that the fact is about'),
    ce_time: { ...text('when it was written'), format: 'date-time' },
    'content-type': { type: 'string', const: 'application/json' },
    traceparent: text('W3C trace context, where there is one'),
  },
};
