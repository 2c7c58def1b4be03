/** Where an element hangs in the network. */
export interface Place {
  readonly elementId: string;
  /** The element that it hangs on; null for a core element. */
  readonly parentId: string | null;
  /** Every element above it, nearest first. */
  readonly ancestors: readonly string[];
}

/** How two elements lie to each other, as far as it makes one trouble of two alarms. @source invariants §2.4 */
export const nearnesses = ['same', 'above', 'below', 'same-parent'] as const;
/** One of {@link nearnesses}. */
export type Nearness = (typeof nearnesses)[number];

/**
 * How `element` lies to `other`: the same, above it, below it, under the same parent; null when they have nothing in common.
 * Two core elements have no parent and are not siblings.
 *
 * @source invariants §2.4, "an alarm joins an open incident"
 */
export function nearness(element: Place, other: Place): Nearness | null {
  if (element.elementId === other.elementId) return 'same';
  if (other.ancestors.includes(element.elementId)) return 'above';
  if (element.ancestors.includes(other.elementId)) return 'below';
  if (element.parentId !== null && element.parentId === other.parentId) return 'same-parent';
  return null;
}
