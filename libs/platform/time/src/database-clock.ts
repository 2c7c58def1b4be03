import { Client } from 'pg';
import { instant, type Clock, type Instant } from '@varde/kernel';

/** The machine's clock. The only place outside SQL where it is read. */
export const systemClock: Clock = { now: () => instant(Date.now()) };

interface ClockRow {
  readonly shift_ms: string;
  readonly frozen_ms: string | null;
  readonly version: string;
}

/** Whose clock it is. @property onMove runs after each move, before it is acknowledged: sweeps what has become due */
interface Follower {
  readonly url: string;
  readonly program: string;
  readonly onMove: () => Promise<void>;
}

const followAgainMs = 1_000;

/**
 * The clock of an installation: the machine's, or, in a sandbox, the one that a test has moved. After each move it runs the
 * program's due sweepers and then acknowledges, so that "two hours later" takes no time and is never half done. A database that
 * was away is followed again, with the moves that were missed.
 *
 * @source `recipes.md` §4
 */
export class InstallationClock implements Clock {
  private shift = 0;
  private frozen: number | undefined;
  private listener: Client | undefined;
  private again: NodeJS.Timeout | undefined;
  private isClosed = false;
  private applying: Promise<void> = Promise.resolve();

  private constructor(
    private readonly follower: Follower,
    /** Is this the movable clock of a sandbox? */
    readonly isMovable: boolean,
  ) {}

  /**
   * @param url     the program's own database
   * @param program the name under which moves are acknowledged
   * @param onMove  runs after each move, before it is acknowledged: sweeps what has become due
   * @throws Error where an installation that is not a sandbox has a movable clock
   */
  static async follow(
    url: string,
    program: string,
    onMove: () => Promise<void>,
  ): Promise<InstallationClock> {
    const client = await connected(url, program);
    const { rows } = await client.query<{ movable: boolean; kind: string | null }>(
      `select to_regclass('platform.test_clock') is not null as movable, (select kind from platform.installation) as kind`,
    );
    const isMovable = rows[0]?.movable ?? false;
    if (isMovable && rows[0]?.kind === 'sandbox') {
      const clock = new InstallationClock({ url, program, onMove }, true);
      await clock.listen(client);
      await clock.apply(client, () => Promise.resolve());
      return clock;
    }
    await client.end();
    if (isMovable)
      throw new Error(
        'This installation is not a sandbox but has a movable clock. Drop platform.test_clock before starting.',
      );
    return new InstallationClock({ url, program, onMove }, false);
  }

  now(): Instant {
    return instant((this.frozen ?? Date.now()) + this.shift);
  }

  /** Stops listening, and is not waited for any more. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.again);
    await this.applying;
    const client = this.listener;
    if (!client) return;
    this.listener = undefined;
    await client
      .query('delete from platform.test_clock_ack where program = $1', [this.follower.program])
      .catch(ignoreClosed);
    await client.end();
  }

  private async listen(client: Client): Promise<void> {
    this.listener = client;
    client.on('notification', () => this.applyAfter(client));
    client.once('end', () => {
      if (this.listener === client) this.listenAgain();
    });
    await client.query('listen test_clock');
  }

  private listenAgain(): void {
    clearTimeout(this.again);
    this.again = setTimeout(() => {
      connected(this.follower.url, this.follower.program)
        .then(async (client) => {
          if (this.isClosed) return client.end();
          await this.listen(client);
          this.applyAfter(client);
        })
        .catch(() => this.listenAgain());
    }, followAgainMs).unref();
  }

  // A sweep that fails leaves the move unacknowledged, and whoever moved the clock is told so.
  private applyAfter(client: Client): void {
    this.applying = this.applying
      .then(() => this.apply(client, this.follower.onMove))
      .catch(ignoreClosed);
  }

  private async apply(client: Client, onMove: () => Promise<void>): Promise<void> {
    const { rows } = await client.query<ClockRow>(
      `select extract(epoch from shift) * 1000 as shift_ms, extract(epoch from frozen_at) * 1000 as frozen_ms, version from platform.test_clock`,
    );
    const row = rows[0];
    if (!row) return;
    this.shift = Math.round(Number(row.shift_ms));
    this.frozen = row.frozen_ms === null ? undefined : Math.round(Number(row.frozen_ms));
    await onMove();
    await client.query(
      `insert into platform.test_clock_ack values ($1, $2) on conflict (program) do update set version = excluded.version`,
      [this.follower.program, row.version],
    );
  }
}

async function connected(url: string, program: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: `${program}-clock` });
  client.on('error', () => undefined); // 'end' follows
  await client.connect();
  return client;
}

const ignoreClosed = (): undefined => undefined;
