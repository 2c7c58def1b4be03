import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { refused } from './exit';

const me = z.object({
  issuer: z.string(),
  /** The account that signed in: under it the session store keeps the tokens. */
  person: z.string(),
  /** The `sub` of the token: a fresh sign-in must be of the same account. */
  subject: z.string(),
  /** The person, as our own records know them. */
  personId: z.uuid(),
  name: z.string(),
  /** Signed in by name, as only a sandbox allows. */
  isByName: z.boolean(),
});
const file = z.object({ last: z.string(), signedIn: z.record(z.string(), me) });

/** Who signed in here, and how. */
export type Me = Readonly<z.infer<typeof me>>;

/**
 * Who signed in last at each issuer, without any secret. The brake needs it: a halt names its person while nothing but the
 * database answers.
 *
 * @source DL-7; `experience.md` §14
 */
export class MeFile {
  /** @param folder where the command line keeps its state */
  constructor(private readonly folder: string) {}

  /** @param issuer without it, whoever signed in last anywhere. @throws CommandFailed `not-signed-in`, `sign-in-unreadable` */
  read(issuer: string | undefined): Me {
    const kept = this.all();
    const found = kept?.signedIn[issuer ?? kept.last];
    if (found) return found;
    throw refused('not-signed-in', 'Nobody is signed in here. Use: varde sign-in');
  }

  /** Beside and renamed, so that a reader sees the old one or the new one. */
  keep(one: Me): void {
    const kept = { last: one.issuer, signedIn: { ...this.all()?.signedIn, [one.issuer]: one } };
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    writeFileSync(`${this.path()}.${process.pid}`, JSON.stringify(kept), { mode: 0o600 });
    renameSync(`${this.path()}.${process.pid}`, this.path());
  }

  private all(): z.infer<typeof file> | undefined {
    try {
      return file.parse(JSON.parse(readFileSync(this.path(), 'utf8')));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw refused(
        'sign-in-unreadable',
        `${this.path()} is damaged: delete it, then use varde sign-in.`,
        cause,
      );
    }
  }

  private path(): string {
    return join(this.folder, 'signed-in.json');
  }
}
