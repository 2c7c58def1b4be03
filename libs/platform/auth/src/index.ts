export { Authenticator, type FindPerson, type Use } from './authenticator';
export {
  currentToken,
  sessionOf,
  signInByDevice,
  type DevicePrompt,
  type DeviceSignIn,
  type TokenAsked,
} from './cli-session';
export { findPersonIn } from './identity/find-person';
export {
  IdentityRepository,
  type DutyTurn,
  type OnDuty,
  type StaffAddress,
  type StaffChannel,
} from './identity/identity.repository';
export { seedPeople, type SeedOptions, type SeedPerson } from './identity/seed-people';
export { surelyLacks } from './lacks-right';
export {
  permissions,
  permissionsOf,
  roles,
  rolesWith,
  type Permission,
  type Role,
} from './permissions';
export { requireRoleNow, type RightAsked } from './require-role-now';
export { SessionStore, stateFolder, type StoredSession } from './session-store';
export { signInAs, type SignedIn, type SignInAs } from './sign-in-as';
export {
  countries,
  freshAcr,
  freshFor,
  freshSignInNeeded,
  isFresh,
  isPermitted,
  rightMissing,
  type Country,
  type HeldRole,
  type KnownPerson,
  type PersonId,
  type SignedInPerson,
} from './signed-in-person';
export { tokenSentences, type TokenRefusalCode } from './token-refusals';
export {
  apiAudience,
  signingAlgorithms,
  TokenVerifier,
  type TokenVerifierOptions,
  type VerifiedToken,
} from './token-verifier';
