import type { RecipientClass, SnapshotGroup, UnreachableReason } from '../vocabulary';
import type { MessageChannel } from './world';

/** Why an incident is resolved. */
export const occasions = ['hit', 'end', 'cancelled'] as const;
/** One of {@link occasions}. */
export type Occasion = (typeof occasions)[number];

/** One contact on one channel. */
export interface Voice {
  readonly contact: number;
  readonly channel: MessageChannel;
  readonly customer: string;
  readonly class: RecipientClass;
  readonly language: string;
  readonly country: string;
  readonly isExercise: boolean;
  readonly isOut: boolean;
  readonly address: string;
}

/** One address to be told, with everybody whom it stands for besides. */
export interface Member extends Voice {
  readonly group: SnapshotGroup;
  /** Could not be told of the start, and is told of the end. */
  readonly onRecovery: boolean;
  /** Sorted by contact. */
  readonly merged: readonly Voice[];
}

/** Somebody who is hit and cannot be told now; without a contact: a customer with nobody to tell. */
export interface Unreachable {
  readonly customer: string;
  readonly contact: number | undefined;
  readonly class: RecipientClass;
  readonly isExercise: boolean;
  readonly group: SnapshotGroup;
  readonly reason: UnreachableReason;
}

/** Who is told with one version of an incident. It never changes; the next is compared with it. */
export interface Snapshot {
  readonly members: readonly Member[];
  /** Were told, are hit still, cannot be told now. */
  readonly carried: readonly Voice[];
  readonly unreachable: readonly Unreachable[];
}

/** Who was told of the start and not of the end. Of several snapshots the first that knows a contact's channel counts. */
export function standing(previous: readonly Snapshot[]): Voice[] {
  const found = new Map<string, Voice>();
  for (const snapshot of previous) {
    const stand = snapshot.members.filter((member) => member.group !== 'restored');
    for (const voice of [
      ...stand,
      ...stand.flatMap((member) => member.merged),
      ...snapshot.carried,
    ]) {
      const key = `${voice.contact} ${voice.channel}`;
      if (!found.has(key)) found.set(key, voice);
    }
  }
  return [...found.values()];
}

/**
 * Whoever was listed as unreachable and may matter again: all who were hit, and of the restored those whose every way ran
 * through the fault.
 */
export const waiting = (previous: readonly Snapshot[]): Unreachable[] =>
  previous
    .flatMap((snapshot) => snapshot.unreachable)
    .filter((entry) => entry.group !== 'restored' || entry.reason === 'through-the-fault');
