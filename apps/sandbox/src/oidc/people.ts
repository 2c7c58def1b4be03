/** What a person may be trusted with, in the words of `identity.person_role`. The right lies there (S-7), not in a token. */
export const roles = [
  'operations-centre',
  'communications-author',
  'approver',
  'crisis-manager',
  'agent',
  'administrator',
  'viewer',
] as const;

/** One of {@link roles}. */
export type Role = (typeof roles)[number];

/** An invented employee who can sign in at the sandbox's issuer. */
export interface Person {
  /** The account, as the token's `sub`. Never changes. */
  readonly sub: string;
  /** What is typed: `sign-in --as maja.author`. Unique. */
  readonly accountName: string;
  /** The human, a UUID. Two accounts of one human share it (S-3). */
  readonly personId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly countries: readonly ('NO' | 'SE' | 'DK')[];
  /** E.164, from ranges that nobody owns. */
  readonly phone: string;
  readonly email: string;
}

const personId = (n: number): string => `5a4db0c5-0000-4000-8000-${n.toString().padStart(12, '0')}`;
const address = (accountName: string): string => `${accountName}@staff.operator.example`;

const person = (
  n: number,
  accountName: string,
  name: string,
  phone: string,
  ...granted: Role[]
): Person => ({
  sub: `sandbox-${accountName}`,
  accountName,
  personId: personId(n),
  name,
  roles: granted,
  countries: ['NO', 'SE', 'DK'],
  phone,
  email: address(accountName),
});

/**
 * Everybody who can sign in: each role at least once, two authors, three approvers, so that "another person" can always
 * be found; a duty manager, who leads the night shift and may stop everything; and Maja Sand with two accounts, who is
 * one author however she signs in (S-3). All names, numbers and addresses are invented.
 */
export const people: readonly Person[] = [
  person(1, 'ingrid.noc', 'Ingrid Lunde', '+4790000901', 'operations-centre'),
  person(2, 'maja.author', 'Maja Sand', '+4790000902', 'communications-author'),
  person(3, 'jonas.author', 'Jonas Ekdal', '+46701740605', 'communications-author'),
  person(4, 'aksel.approver', 'Aksel Fjeld', '+4790000904', 'approver'),
  person(5, 'sofia.approver', 'Sofia Bergvik', '+46701740606', 'approver'),
  person(6, 'mads.approver', 'Mads Holmgaard', '+4520000906', 'approver'),
  person(7, 'ragna.crisis', 'Ragna Vollan', '+4790000907', 'crisis-manager'),
  person(8, 'erik.crisis', 'Erik Strandh', '+46701740607', 'crisis-manager'),
  person(9, 'tuva.admin', 'Tuva Nordli', '+4790000909', 'administrator'),
  person(10, 'oskar.admin', 'Oskar Lindvall', '+46701740608', 'administrator'),
  person(11, 'vera.viewer', 'Vera Kjeldsen', '+4520000911', 'viewer'),
  person(12, 'dag.duty', 'Dag Myrvold', '+4790000912', 'operations-centre', 'crisis-manager'),
  person(13, 'signe.agent', 'Signe Hauge', '+4790000913', 'agent'),
  person(2, 'maja.approver', 'Maja Sand', '+4790000902', 'approver'),
];
