import { between, Refusal, seconds, type Clock, type Instant } from '@varde/kernel';
import type { KnownPerson, SignedInPerson } from './signed-in-person';
import type { TokenVerifier, VerifiedToken } from './token-verifier';

/** Looks an account up in our own records, now. */
export type FindPerson = (issuer: string, subject: string) => Promise<KnownPerson | undefined>;

/** How a request means to use the sign-in. */
export interface Use {
  /** Does the request change something? Then the rights are read anew (S-7); otherwise they may be half a minute old. */
  readonly acts: boolean;
}

const remembered = seconds(30);
const mostRemembered = 10_000;

/**
 * From a bearer token to a person with rights. The token says which account it is; who that is, and what they may do, our own
 * records say: taking a right away works at once.
 *
 * @source S-3, S-7
 */
export class Authenticator {
  private readonly seen = new Map<string, { person: KnownPerson; at: Instant }>();

  constructor(
    private readonly verifier: Pick<TokenVerifier, 'verify'>,
    private readonly findPerson: FindPerson,
    private readonly clock: Clock,
  ) {}

  /**
   * The person behind an `Authorization` header.
   *
   * @throws Refusal of {@link TokenVerifier.verify}, or `account-unknown`
   */
  async authenticate(authorization: string | undefined, use: Use): Promise<SignedInPerson> {
    const token = await this.verifier.verify(authorization);
    const { personId, name, held } = await this.personOf(token, use);
    return {
      personId,
      name,
      held,
      roles: [...new Set(held.map((one) => one.role))],
      ...(token.acr === undefined ? {} : { acr: token.acr }),
      ...(token.authTime === undefined ? {} : { authTime: token.authTime }),
    };
  }

  private async personOf({ issuer, subject }: VerifiedToken, { acts }: Use): Promise<KnownPerson> {
    const key = JSON.stringify([issuer, subject]);
    const known = this.seen.get(key);
    const now = this.clock.now();
    if (!acts && known && between(known.at, now) < remembered) return known.person;
    const person = await this.findPerson(issuer, subject);
    this.seen.delete(key);
    if (!person) {
      throw new Refusal(
        'account-unknown',
        'Your account is not registered here. Ask an administrator to register it.',
      );
    }
    if (this.seen.size >= mostRemembered) this.seen.clear();
    this.seen.set(key, { person, at: now });
    return person;
  }
}
