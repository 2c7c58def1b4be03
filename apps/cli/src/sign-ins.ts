import { decodeJwt } from 'jose';
import {
  currentToken,
  sessionOf,
  signInAs,
  signInByDevice,
  SessionStore,
  type DevicePrompt,
  type StoredSession,
} from '@varde/platform-auth';
import { Refusal } from '@varde/kernel';
import { systemClock } from '@varde/platform-time';
import { down, isUnreachable, refused } from './exit';
import { MeFile, type Me } from './me-file';

/** What signing in needs. */
interface SignInsOptions {
  /** Folder of the command line's state. */
  readonly folder: string;
  readonly issuer: () => string;
  readonly progress: (line: string) => void;
  /** Our own records of whoever holds the token. */
  readonly whois: (token: string) => Promise<{ personId: string; name: string }>;
}

/** The sign-ins of this account on this machine. */
export class SignIns {
  private readonly store: SessionStore;
  private readonly meFile: MeFile;

  constructor(private readonly options: SignInsOptions) {
    this.store = new SessionStore(options.folder);
    this.meFile = new MeFile(options.folder);
  }

  /** @param issuer without it, whoever signed in last. @throws CommandFailed `not-signed-in` */
  me(issuer: string | undefined): Me {
    return this.meFile.read(issuer);
  }

  /** By device flow, or by name in a sandbox. */
  async signIn(as: string | undefined): Promise<Me> {
    const issuer = this.options.issuer();
    const session = as === undefined ? await this.byDevice(false) : await byName(issuer, as, false);
    const found = await this.options.whois(session.accessToken);
    await this.store.keep(session);
    const me: Me = {
      issuer,
      person: session.person,
      subject: subjectOf(session),
      personId: found.personId,
      name: found.name,
      isByName: as !== undefined,
    };
    this.meFile.keep(me);
    return me;
  }

  /** A token of whoever is signed in, renewed where it has run out. */
  async token(): Promise<string> {
    const issuer = this.options.issuer();
    const me = this.me(issuer);
    try {
      return await currentToken({
        issuer,
        store: this.store,
        clock: systemClock,
        person: me.person,
      });
    } catch (cause) {
      if (!me.isByName || !(cause instanceof Refusal) || cause.code === 'sign-in-unavailable')
        throw cause;
      // A sign-in by name has nothing to renew it with, and asks nobody: it is simply made again.
      const session = await byName(issuer, me.person, false);
      await this.store.keep(session);
      return session.accessToken;
    }
  }

  /**
   * A token of a sign-in made for this very act, by the same person.
   *
   * @throws CommandFailed `another-person-signed-in`
   * @source S-1
   */
  async freshToken(): Promise<string> {
    const me = this.me(this.options.issuer());
    const session = me.isByName
      ? await byName(me.issuer, me.person, true)
      : await this.byDevice(true);
    if (subjectOf(session) === me.subject) return session.accessToken;
    throw refused(
      'another-person-signed-in',
      `You are signed in here as ${me.name}, but somebody else signed in just now. Nothing was done.`,
    );
  }

  private byDevice(fresh: boolean): Promise<StoredSession> {
    return signInByDevice({
      issuer: this.options.issuer(),
      clock: systemClock,
      fresh,
      onPrompt: (prompt) => this.options.progress(promptOf(prompt, fresh)),
    });
  }
}

const promptOf = ({ address, addressWithCode, code }: DevicePrompt, fresh: boolean): string =>
  `${fresh ? 'This act needs a fresh sign-in. ' : ''}Open ${addressWithCode ?? address} in any browser and compare the code: ${code}`;

const subjectOf = (session: StoredSession): string => decodeJwt(session.accessToken).sub ?? '';

async function byName(issuer: string, person: string, fresh: boolean): Promise<StoredSession> {
  try {
    const { accessToken, refreshToken } = await signInAs({ issuer, person, fresh });
    return sessionOf(
      { issuer, person },
      { access_token: accessToken, refresh_token: refreshToken },
    );
  } catch (cause) {
    if (isUnreachable(cause))
      throw down(
        `The sign-in service does not answer at ${new URL(issuer).host}. Is it running?`,
        cause,
      );
    throw refused('sign-in-refused', cause instanceof Error ? cause.message : String(cause), cause);
  }
}
