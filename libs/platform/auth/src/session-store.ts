import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { instant, Refusal } from '@varde/kernel';
import { z } from 'zod';

const storedSession = z.strictObject({
  issuer: z.string(),
  clientId: z.string(),
  person: z.string(),
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAt: z.number().transform(instant),
});

/** One person's sign-in at one issuer, as the command line keeps it. */
export type StoredSession = z.infer<typeof storedSession>;

const ownerOnlyFile = 0o600;
const ownerOnlyFolder = 0o700;
const lockIsDeadAfterMs = 20_000;
const lockPauseMs = 40;

/**
 * Where the command line keeps its state: `$XDG_STATE_HOME/varde`, or `~/.local/state/varde`.
 *
 * @source XDG Base Directory Specification: a relative path is ignored
 */
export function stateFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const said = environment['XDG_STATE_HOME'];
  const base =
    said?.startsWith('/') === true
      ? said
      : join(environment['HOME'] ?? homedir(), '.local', 'state');
  return join(base, 'varde');
}

/** Sign-ins on disk, one file per issuer and person, readable by their owner only. */
export class SessionStore {
  /** @param folder see {@link stateFolder} */
  constructor(private readonly folder: string) {}

  /** Keeps a sign-in, and makes it the current one of its issuer. */
  async keep(session: StoredSession): Promise<void> {
    await this.write(this.fileOf(session.issuer, session.person), JSON.stringify(session));
    await this.write(this.currentOf(session.issuer), session.person);
  }

  /**
   * The sign-in of a person, or the current one of the issuer.
   *
   * @returns `undefined` when there is none
   * @throws  Refusal `session-open-to-others`, `session-unreadable`
   */
  async find(issuer: string, person?: string): Promise<StoredSession | undefined> {
    const who = person ?? (await this.read(this.currentOf(issuer)));
    const text = who === undefined ? undefined : await this.read(this.fileOf(issuer, who));
    if (text === undefined) return undefined;
    const parsed = storedSession.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    throw new Refusal('session-unreadable', 'The kept sign-in is damaged. Sign in again.', {
      file: this.fileOf(issuer, who ?? ''),
    });
  }

  /** Forgets a sign-in; forgetting what is not there changes nothing. */
  async forget(issuer: string, person: string): Promise<void> {
    await rm(this.fileOf(issuer, person), { force: true });
    if ((await this.read(this.currentOf(issuer))) === person)
      await rm(this.currentOf(issuer), { force: true });
  }

  /**
   * Runs `work` while no other process of this person uses the same sign-in: a refresh token counts once, and using it twice
   * ends the sign-in. A lock that its owner left behind when it was killed is broken after 20 seconds.
   */
  async alone<T>(issuer: string, person: string, work: () => Promise<T>): Promise<T> {
    const lock = `${this.fileOf(issuer, person)}.lock`;
    await mkdir(this.folder, { recursive: true, mode: ownerOnlyFolder });
    while (!(await take(lock))) await pause(lockPauseMs);
    try {
      return await work();
    } finally {
      await rm(lock, { force: true });
    }
  }

  private fileOf(issuer: string, person: string): string {
    return join(this.folder, `session-${digest(`${issuer}\n${person}`)}.json`);
  }

  private currentOf(issuer: string): string {
    return join(this.folder, `current-${digest(issuer)}`);
  }

  // Written beside and renamed, so that a reader sees the old one or the new one, and a full disk destroys neither.
  private async write(file: string, text: string): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: ownerOnlyFolder });
    const beside = `${file}.${process.pid}`;
    await rm(beside, { force: true });
    await writeFile(beside, text, { mode: ownerOnlyFile, flag: 'wx' });
    await rename(beside, file);
  }

  private async read(file: string): Promise<string | undefined> {
    const facts = await stat(file).catch(undefinedIfAbsent);
    if (!facts) return undefined;
    if ((facts.mode & 0o077) !== 0) {
      throw new Refusal(
        'session-open-to-others',
        `Others on this machine can read the kept sign-in ${file}. Delete that file and sign in again.`,
      );
    }
    return readFile(file, 'utf8');
  }
}

const digest = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 32);

function undefinedIfAbsent(cause: NodeJS.ErrnoException): undefined {
  if (cause.code === 'ENOENT') return undefined;
  throw cause;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Told by the caller, who knows which file it is.
    return undefined;
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx', ownerOnlyFile);
    await file.close();
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  }
  const facts = await stat(lock).catch(undefinedIfAbsent);
  const ageMs =
    facts === undefined ? 0 : performance.timeOrigin + performance.now() - facts.mtimeMs;
  if (ageMs > lockIsDeadAfterMs) await rm(lock, { force: true });
  return false;
}
