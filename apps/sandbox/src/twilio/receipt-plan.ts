import type { SmsMood, SmsMoods } from '../moods/mood';

/** One status callback to be made. */
export interface PlannedReceipt {
  readonly status: SmsMoods['statuses'][number];
  /** Pause before it, counted from the one before. */
  readonly afterMs: number;
  /** Signed with a token that is not ours. */
  readonly isForged: boolean;
  readonly errorCode?: number;
}

/** Which callbacks a message gets, in which order. None comes for the initial status, `queued`. */
export function planReceipts(
  mood: Partial<SmsMood>,
  statuses: SmsMoods['statuses'],
): readonly PlannedReceipt[] {
  const kind = mood.receipts ?? 'normal';
  if (kind === 'never') return [];
  const inOrder = mood.statuses ?? statuses;
  const last = inOrder.at(-1);
  const ordered = kind === 'reversed' ? [...inOrder].reverse() : inOrder;
  const all = kind === 'twice' ? ordered.flatMap((status) => [status, status]) : ordered;
  return all.map((status, index) => ({
    status,
    afterMs: kind === 'late' && index === 0 ? (mood.lateMs ?? 0) : 0,
    isForged: kind === 'forged',
    ...(status === last && mood.errorCode !== undefined ? { errorCode: mood.errorCode } : {}),
  }));
}
