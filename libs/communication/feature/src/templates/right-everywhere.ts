import {
  countries,
  isPermitted,
  rightMissing,
  type Permission,
  type SignedInPerson,
} from '@varde/platform-auth';

/**
 * A ready text and a policy name no country: they hold in all of them, and so must the right of whoever approves one.
 *
 * @throws Refusal `right-missing`, with the first country where it is
 * @source S-6
 */
export function requireRightEverywhere(person: SignedInPerson, permission: Permission): void {
  const missing = countries.find((country) => !isPermitted(person, permission, country));
  if (missing) throw rightMissing(permission, missing);
}
