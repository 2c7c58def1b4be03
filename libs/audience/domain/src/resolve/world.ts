import type { AreaLevel } from '../vocabulary';
import type { ContactRole, PreferredChannel } from '../import/words';

/** A day as the registers write it: `2026-11-25`. Days are compared as text. */
export type Day = string;

/** What day it is now in each country, by its code. */
export type Days = Readonly<Record<string, Day>>;

/** An area of the operator's list. */
export interface Area {
  readonly code: string;
  readonly parent?: string;
  readonly level: AreaLevel;
  readonly country: string;
  readonly validFrom?: Day;
  readonly validTo?: Day;
}

/** A piece of the network, with what stops when it stops. */
export interface NetworkElement {
  readonly id: string;
  readonly parent?: string;
  readonly area: string;
  readonly services: number;
  readonly endedOn?: Day;
}

/** Somebody who bought something. */
export interface Customer {
  readonly id: string;
  readonly kind: 'private' | 'business';
  readonly country: string;
  readonly language: string;
  /** Why they are societally critical; absent for most. */
  readonly society?: string;
  readonly isExercise: boolean;
  readonly endedOn?: Day;
}

/** What was bought, and where it runs. */
export interface Subscription {
  readonly id: string;
  readonly customer: string;
  readonly services: number;
  /** Element ids in the operator's order: the first decides *out* or *partly*. */
  readonly elements: readonly string[];
  readonly area?: string;
  /** The number or circuit, in the normal form of an address. */
  readonly identifier?: string;
  readonly validFrom?: Day;
  readonly validTo?: Day;
}

/** Channels on which a text of ours goes to one address today; further ones join here. @source D-11 */
export const messageChannels = ['sms', 'email'] as const;
/** One of {@link messageChannels}. */
export type MessageChannel = (typeof messageChannels)[number];

/** A person to tell. */
export interface Contact {
  /** The database's number, which the doors use. */
  readonly n: number;
  readonly customer: string;
  readonly role: ContactRole;
  /** Absent: the customer's. */
  readonly language?: string;
  /** In order of preference; empty: nobody said. */
  readonly channels: readonly PreferredChannel[];
  readonly sms?: string;
  readonly email?: string;
  /** The number lies in another operator's network. */
  readonly smsElsewhere: boolean;
  readonly optOuts: readonly string[];
  readonly endedOn?: Day;
}

/** A service-level agreement, as far as it makes class 1. */
export interface Agreement {
  readonly customer: string;
  readonly validFrom?: Day;
  readonly validTo?: Day;
  readonly endedOn?: Day;
}

/** The registers, whole. Fine for a law and a test; the product asks the same questions in SQL. */
export interface World {
  readonly areas: readonly Area[];
  readonly elements: readonly NetworkElement[];
  readonly customers: readonly Customer[];
  readonly subscriptions: readonly Subscription[];
  readonly contacts: readonly Contact[];
  readonly agreements: readonly Agreement[];
}

/**
 * Does this row hold on that day? `validTo` is the last day on which it does; what ended on a day is gone on that day.
 *
 * @source reference/import-formats.md, *Validity* and *Idempotent*
 */
export const holdsOn = (
  row: { readonly validFrom?: Day; readonly validTo?: Day; readonly endedOn?: Day },
  day: Day,
): boolean =>
  (row.validFrom === undefined || row.validFrom <= day) &&
  (row.validTo === undefined || row.validTo >= day) &&
  (row.endedOn === undefined || row.endedOn > day);
