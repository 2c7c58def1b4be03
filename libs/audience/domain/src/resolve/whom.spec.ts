import type { ContactRole } from '../import/words';
import { recipientClass } from './recipient-class';
import { contactsToTell } from './whom';

const people = (...roles: ContactRole[]): { role: ContactRole }[] =>
  roles.map((role) => ({ role }));

describe('recipientClass', () => {
  it.each([
    {
      law: 'D-04: a societally critical customer comes first, agreement or not',
      facts: { kind: 'business', society: 'hospital', hasAgreement: true },
      is: 0,
    },
    {
      law: 'a private customer may be societally critical',
      facts: { kind: 'private', society: 'home-care', hasAgreement: false },
      is: 0,
    },
    {
      law: 'whoever has an agreement comes next',
      facts: { kind: 'business', hasAgreement: true },
      is: 1,
    },
    { law: 'then business', facts: { kind: 'business', hasAgreement: false }, is: 2 },
    { law: 'then everybody', facts: { kind: 'private', hasAgreement: false }, is: 3 },
  ] as const)('$law: $is', ({ facts, is }) => {
    expect(recipientClass(facts)).toBe(is);
  });
});

describe('contactsToTell', () => {
  it.each([
    {
      law: 'a private customer: subscribers',
      kind: 'private',
      hasAgreement: false,
      has: people('subscriber', 'technical', 'telephone-responsible'),
      told: people('subscriber'),
    },
    {
      law: 'a business: technical and duty',
      kind: 'business',
      hasAgreement: false,
      has: people('subscriber', 'technical', 'duty'),
      told: people('technical', 'duty'),
    },
    {
      law: 'a business without those: subscribers',
      kind: 'business',
      hasAgreement: false,
      has: people('subscriber', 'telephone-responsible'),
      told: people('subscriber'),
    },
    {
      law: 'an agreement: whoever answers for it, too',
      kind: 'business',
      hasAgreement: true,
      has: people('telephone-responsible', 'duty'),
      told: people('telephone-responsible', 'duty'),
    },
    {
      law: 'a business with an agreement and no staff: both',
      kind: 'business',
      hasAgreement: true,
      has: people('subscriber', 'telephone-responsible'),
      told: people('subscriber', 'telephone-responsible'),
    },
    {
      law: 'nobody to tell',
      kind: 'private',
      hasAgreement: false,
      has: people('technical'),
      told: [],
    },
  ] as const)('$law', ({ kind, hasAgreement, has, told }) => {
    expect(contactsToTell({ kind, hasAgreement }, has)).toEqual(told);
  });
});
