import type { Member, Voice } from './snapshot';

/** A voice with where it stands in this version. */
export interface Told extends Voice {
  /** Is the customer hit now? */
  readonly isHit: boolean;
  /** Was told of the start and not of the end. */
  readonly stood: boolean;
}

/** Hit before restored, then the more critical class, then the smaller customer id, then the older contact. @source invariants §2.5 */
function closest(one: Told, other: Told): number {
  if (one.isHit !== other.isHit) return one.isHit ? -1 : 1;
  if (one.class !== other.class) return one.class - other.class;
  if (one.customer !== other.customer) return one.customer < other.customer ? -1 : 1;
  return one.contact - other.contact;
}

/**
 * One member per address and channel: the language and class of the first by {@link closest}, hit as long as anybody whom it
 * stands for is, and an exercise address only where nobody real shares it.
 *
 * @returns no order is promised
 * @source  invariants §2.5, *Two recipients, one address*; DL-2
 */
export function mergeAddresses(told: readonly Told[]): Member[] {
  const byAddress = new Map<string, Told[]>();
  for (const voice of told) {
    const key = `${voice.channel} ${voice.address}`;
    byAddress.set(key, [...(byAddress.get(key) ?? []), voice]);
  }
  return [...byAddress.values()].map(memberOf);
}

function memberOf(sharing: readonly Told[]): Member {
  const [first, ...rest] = [...sharing].sort(closest) as [Told, ...Told[]];
  const isHit = sharing.some((voice) => voice.isHit);
  const stood = sharing.some((voice) => voice.stood);
  return {
    ...voiceOf(first),
    isExercise: sharing.every((voice) => voice.isExercise),
    isOut: sharing.some((voice) => voice.isOut),
    group: !isHit ? 'restored' : stood ? 'still-hit' : 'newly-hit',
    onRecovery: !isHit && !stood,
    merged: rest.map(voiceOf).sort((one, other) => one.contact - other.contact),
  };
}

const voiceOf = ({ isHit: _isHit, stood: _stood, ...voice }: Told): Voice => voice;
