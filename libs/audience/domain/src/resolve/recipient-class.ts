import type { RecipientClass } from '../vocabulary';

/** What decides how critical a customer is. */
export interface ClassFacts {
  readonly kind: 'private' | 'business';
  readonly society?: string;
  /** A service-level agreement that holds today. */
  readonly hasAgreement: boolean;
}

/** Societally critical, then whoever has an agreement, then business, then private. @source invariants §2.2, D-04 */
export function recipientClass(customer: ClassFacts): RecipientClass {
  if (customer.society !== undefined) return 0;
  if (customer.hasAgreement) return 1;
  return customer.kind === 'business' ? 2 : 3;
}
