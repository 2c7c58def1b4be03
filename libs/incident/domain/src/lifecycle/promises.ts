import { minutes, plus, Refusal, type Instant } from '@varde/kernel';
import type { FactsChange } from './change';

/** How far ahead of our clock a person's time may lie. @source standards §1.6 `awareAt` */
const tolerance = minutes(5);

/**
 * Refuses times that cannot be meant, at the moment when a person says them. What waited in a queue was checked when it came.
 *
 * @throws Refusal `estimate-is-past`, `next-update-is-past`, `aware-in-future`
 * @source standards §1.6
 */
export function checkPromises(change: FactsChange, now: Instant): void {
  const restoreBy = change.estimate?.restoreBy ?? null;
  if (restoreBy !== null && restoreBy < now) {
    throw new Refusal(
      'estimate-is-past',
      'The estimated end is past; give a time to come, or the status none.',
      {},
      'estimate.restoreBy',
    );
  }
  if (
    change.nextUpdateBy !== undefined &&
    change.nextUpdateBy !== null &&
    change.nextUpdateBy < now
  ) {
    throw new Refusal(
      'next-update-is-past',
      'The promised next update is past; give a time to come.',
      {},
      'nextUpdateBy',
    );
  }
  if (
    change.awareAt !== undefined &&
    change.kind !== 'planned' &&
    change.awareAt > plus(now, tolerance)
  ) {
    throw new Refusal(
      'aware-in-future',
      'We cannot have known later than now; correct awareAt.',
      {},
      'awareAt',
    );
  }
}
