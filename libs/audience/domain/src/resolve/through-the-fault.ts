import { accessMask, internetMask, smsMask } from './service-mask';

/** What decides whether a text message can arrive. */
export interface SmsPath {
  /** The number lies in another operator's network. */
  readonly elsewhere: boolean;
  /** Lost services of each living subscription whose identifier is this number; 0 where it is not hit. */
  readonly ofTheNumber: readonly number[];
  /** Lost services of the customer's own subscriptions, those that are hit. */
  readonly ofTheCustomer: readonly number[];
}

/**
 * Does a text message to this number run through the fault? Unknown is usable.
 *
 * @source invariants §2.5, *Through the fault?*; DL-14
 */
export function isSmsThroughTheFault(path: SmsPath): boolean {
  if (path.elsewhere) return false;
  const deciding = path.ofTheNumber.length > 0 ? path.ofTheNumber : path.ofTheCustomer;
  return deciding.some((lost) => (lost & smsMask) !== 0);
}

/** A living subscription of the customer: what it has, and what of that is lost. */
export interface SoldService {
  readonly services: number;
  readonly lost: number;
}

/**
 * Does mail to this customer run through the fault? A private person reads it by any way to the internet that we sold; a
 * business's mail stands behind its own access. Whoever bought neither reads it by ways that we do not know: usable.
 *
 * @source invariants §2.5, *Through the fault?*; DL-14
 */
export function isMailThroughTheFault(
  kind: 'private' | 'business',
  sold: readonly SoldService[],
): boolean {
  const ways = kind === 'business' ? accessMask : internetMask;
  const has = sold.some(({ services }) => (services & ways) !== 0);
  return has && sold.every(({ services, lost }) => (services & ways & ~lost) === 0);
}
