import { Refusal } from '@varde/kernel';
import { refusalReasons, type RefusalReason } from '../vocabulary';

/**
 * Refuses what is being read.
 *
 * @param detail one sentence: what, where, what to do; never a value of the event
 * @throws Refusal whose code is the reason
 */
export function refuse(reason: RefusalReason, detail: string): never {
  throw new Refusal(reason, detail);
}

/** The reason for which intake refused, or `undefined` for an error that is not one of its refusals. */
export function reasonOf(error: Refusal): RefusalReason | undefined {
  return refusalReasons.find((reason) => reason === error.code);
}
