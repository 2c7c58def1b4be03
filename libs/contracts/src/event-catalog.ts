import type { z } from 'zod';
import { areasNamed, audienceResolved } from './events/audience';
import { messageDispatched, staffNoticeRequested } from './events/communication';
import { deliveryPlanned } from './events/delivery';
import { incidentEvent, incidentUpdated } from './events/incident';

/**
 * Every fact that one context tells the others: name → topic, what its key is, who says it, who listens, its shape. Types of
 * publishers and handlers, topics and the AsyncAPI document are derived from here; a test compares it with reality.
 *
 * @source `architecture.md` §7
 */
export const eventCatalog = {
  'incident.declared.v1': {
    topic: 'incident.events',
    key: 'incidentId',
    owner: 'incident',
    consumers: ['audience'],
    schema: incidentEvent,
  },
  'incident.updated.v1': {
    topic: 'incident.events',
    key: 'incidentId',
    owner: 'incident',
    consumers: ['audience', 'communication'],
    schema: incidentUpdated,
  },
  'incident.reopened.v1': {
    topic: 'incident.events',
    key: 'incidentId',
    owner: 'incident',
    consumers: ['audience'],
    schema: incidentEvent,
  },
  'incident.resolved.v1': {
    topic: 'incident.events',
    key: 'incidentId',
    owner: 'incident',
    consumers: ['audience'],
    schema: incidentEvent,
  },
  'incident.cancelled.v1': {
    topic: 'incident.events',
    key: 'incidentId',
    owner: 'incident',
    consumers: ['audience'],
    schema: incidentEvent,
  },
  'incident.merged.v1': {
    topic: 'incident.events',
    key: 'incidentId',
    owner: 'incident',
    consumers: ['audience', 'communication', 'delivery'],
    schema: incidentEvent,
  },
  'audience.resolved.v1': {
    topic: 'audience.events',
    key: 'incidentId',
    owner: 'audience',
    consumers: ['communication', 'incident'],
    schema: audienceResolved,
  },
  'audience.areas-named.v1': {
    topic: 'audience.events',
    key: 'area code',
    owner: 'audience',
    consumers: ['communication'],
    schema: areasNamed,
  },
  'message.dispatched.v1': {
    topic: 'communication.events',
    key: 'incidentId',
    owner: 'communication',
    consumers: ['delivery'],
    schema: messageDispatched,
  },
  'staff-notice.requested.v1': {
    topic: 'communication.events',
    key: 'personId',
    owner: 'communication',
    consumers: ['delivery'],
    schema: staffNoticeRequested,
  },
  'delivery.planned.v1': {
    topic: 'delivery.events',
    key: 'incidentId',
    owner: 'delivery',
    consumers: ['communication'],
    schema: deliveryPlanned,
  },
} as const satisfies Record<
  string,
  { topic: string; key: string; owner: Context; consumers: readonly Context[]; schema: z.ZodType }
>;

/** A context of the product. @source `architecture.md` §3 */
export type Context = 'incident' | 'audience' | 'communication' | 'delivery';

/** The versioned name of a public fact. */
export type EventName = keyof typeof eventCatalog;

/** What a fact of this name carries. */
export type EventPayload<Name extends EventName> = z.infer<(typeof eventCatalog)[Name]['schema']>;

/** Names of the facts that this context listens to. */
export const eventsFor = (context: Context): EventName[] =>
  (Object.keys(eventCatalog) as EventName[]).filter((name) =>
    (eventCatalog[name].consumers as readonly Context[]).includes(context),
  );
