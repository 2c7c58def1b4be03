import type { ContactRole } from '../import/words';

/** What decides who of a customer's contacts is told. */
export interface WhomFacts {
  readonly kind: 'private' | 'business';
  readonly hasAgreement: boolean;
}

/**
 * Who of a customer's living contacts is told. Private: subscribers. Business: technical and duty, or the subscribers where
 * there are none. Whoever answers for an agreement, too.
 *
 * @returns the contacts in their order; empty: nobody to tell
 * @source  invariants §2.5, *Whom*
 */
export function contactsToTell<Person extends { readonly role: ContactRole }>(
  customer: WhomFacts,
  contacts: readonly Person[],
): Person[] {
  const hasStaff = contacts.some(
    (contact) => contact.role === 'technical' || contact.role === 'duty',
  );
  return contacts.filter(({ role }) => {
    if (role === 'telephone-responsible') return customer.hasAgreement;
    if (role === 'subscriber') return customer.kind === 'private' || !hasStaff;
    return customer.kind === 'business';
  });
}
