import type { Instant } from '@varde/kernel';
import type { Country, Dialect, Flag, Mode, RefusalReason, SourceRight } from '../vocabulary';
import type { AlarmEvent } from './alarm-event';
import type { ReportedIncident } from './reported-incident';

/** The value of a header as kafkajs hands it over: a repeated header is a list. */
export type HeaderValue = Uint8Array | readonly Uint8Array[] | null | undefined;

/** A record of Kafka as it came, before anybody has judged it. `receivedAt` is our own receive time. */
export interface RawRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, HeaderValue>>;
  readonly receivedAt: Instant;
}

/** A registered network system or desk: what it may send, where, and how it speaks. @source standards §1.3 `ce_source`, §1.7 */
export interface Source {
  /** `ce_source`, or the name that a source without headers was registered under. */
  readonly id: string;
  readonly topic: string;
  readonly dialect: Dialect;
  readonly country: Country;
  /** The mode of a source whose dialect carries none; `cloudevents-tmf642` carries its own and ignores it. */
  readonly mode: Mode;
  readonly rights: readonly SourceRight[];
  readonly active: boolean;
  /** What the vendor's numbers of probable causes mean, by their digits; a number that is not in it stays raw. */
  readonly causeNumbers?: Readonly<Record<string, string>>;
}

/** The register of sources, asked by name for CloudEvents and by topic for dialects without headers. */
export interface Sources {
  named(topic: string, id: string): Source | undefined;
  withoutHeaders(topic: string): Source | undefined;
}

/** The producer's list of alarms was rebuilt: our copy may be stale. `readAgain` is false where it says that nothing need be done. @source standards §1.4, §1.7 */
export interface AlarmListRebuilt {
  readonly type: 'alarm-list-rebuilt';
  readonly country: Country;
  readonly mode: Mode;
  readonly readAgain: boolean;
  readonly reason?: string;
}

/** What intake hands to the incident: one of the two families, or word that a list was rebuilt. */
export type NetworkEvent = AlarmEvent | ReportedIncident | AlarmListRebuilt;

/** An event that is understood and trusted. `part` counts from 0 within its record. */
export interface AcceptedPart {
  readonly kind: 'event';
  readonly part: number;
  readonly sourceId: string;
  readonly eventId: string;
  readonly event: NetworkEvent;
  /** In the order of the vocabulary, each once. The shell adds what only the database knows: `unplaced`, `no-exercise` … */
  readonly flags: readonly Flag[];
}

/** Acknowledged and counted by source and kind, never stored as an alarm: a heartbeat, a measurement. */
export interface CountedPart {
  readonly kind: 'counted';
  readonly part: number;
  readonly sourceId: string;
  readonly eventId: string;
  /** The domain, namespace or notification type, from a closed list or one that a metric label may hold. */
  readonly what: string;
}

/** A dead letter. `detail` is one sentence and repeats no value of the event, so it holds no personal data. */
export interface RefusedPart {
  readonly kind: 'refused';
  readonly part: number;
  readonly sourceId?: string;
  readonly eventId?: string;
  readonly reason: RefusalReason;
  readonly detail: string;
}

/** What becomes of one event of a record: exactly one of the three. @source invariants I-1, I-4; security S-12 */
export type IntakePart = AcceptedPart | CountedPart | RefusedPart;
