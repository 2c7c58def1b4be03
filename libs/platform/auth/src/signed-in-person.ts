import { between, minutes, Refusal, seconds, type Id, type Instant } from '@varde/kernel';
import { rolesWith, type Permission, type Role } from './permissions';

/** A human being, however many accounts they have (S-3). */
export type PersonId = Id<'Person'>;

/** The countries that a right can be limited to. */
export const countries = ['NO', 'SE', 'DK'] as const;

/** One of {@link countries}. */
export type Country = (typeof countries)[number];

/** A role that somebody holds; without a country it counts in all of them. */
export interface HeldRole {
  readonly role: Role;
  readonly country?: Country;
}

/** A person as our own records know them. */
export interface KnownPerson {
  readonly personId: PersonId;
  readonly name: string;
  readonly held: readonly HeldRole[];
}

/** The person behind a request: who, with which rights, and how freshly they signed in. */
export interface SignedInPerson extends KnownPerson {
  /** The roles in {@link KnownPerson.held}, each once. */
  readonly roles: readonly Role[];
  /** How the sign-in was made, as the issuer says. */
  readonly acr?: string;
  /** When the person signed in; not when the token was made. */
  readonly authTime?: Instant;
}

/** `acr` of a sign-in that was made for the very act. @source S-1; `recipes.md` §5 */
export const freshAcr = 'urn:varde:acr:fresh';

/** How long a fresh sign-in counts. */
export const freshFor = minutes(5);

// The issuer's clock may run ahead of ours by a little; by more than this, something is wrong.
const clockSkew = seconds(30);

/** Did the person sign in for this act, within the last five minutes? */
export function isFresh(person: Pick<SignedInPerson, 'acr' | 'authTime'>, now: Instant): boolean {
  if (person.acr !== freshAcr || person.authTime === undefined) return false;
  const age = between(person.authTime, now);
  return age <= freshFor && age >= -clockSkew;
}

/**
 * May the person do this, in this country?
 *
 * @param country where the thing lies that is acted on; without it, a right in any country is enough
 */
export function isPermitted(
  person: KnownPerson,
  permission: Permission,
  country?: Country,
): boolean {
  const enough = rolesWith(permission);
  return person.held.some(
    (one) =>
      enough.includes(one.role) &&
      (country === undefined || one.country === undefined || one.country === country),
  );
}

/** What is said to somebody without the right. */
export const rightMissing = (permission: Permission, country?: Country): Refusal =>
  new Refusal(
    'right-missing',
    `You do not have the right to do this${country === undefined ? '' : ` in ${country}`}. It needs one of these roles: ${rolesWith(permission).join(', ')}. Ask an administrator, or a colleague who has it.`,
    { permission, roles: rolesWith(permission), ...(country === undefined ? {} : { country }) },
  );

/** What is said to somebody whose sign-in is too old, or too weak, for the act. */
export const freshSignInNeeded = (): Refusal =>
  new Refusal(
    'fresh-sign-in-needed',
    'This act needs a sign-in made for it within the last 5 minutes. Sign in again and repeat it.',
    { acr: freshAcr, maxAgeSeconds: freshFor / 1000 },
  );
