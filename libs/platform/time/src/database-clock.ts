import { Client } from 'pg';
import { instant, type Clock, type Instant } from '@varde/kernel';

/** The machine's clock. The only place outside SQL where it is read. */
export const systemClock: Clock = { now: () => instant(Date.now()) };

interface ClockRow {
  readonly shift_ms: string;
  readonly frozen_ms: string | null;
  readonly version: string;
}

/**
 * The clock of an installation: the machine's, or, in a sandbox, the one that a test has moved. After each move it runs the
 * program's due sweepers and then acknowledges, so that "two hours later" takes no time and is never half done.
 *
 * @source `recipes.md` §4
 */
export class InstallationClock implements Clock {
  private shift = 0;
  private frozen: number | undefined;
  private listener: Client | undefined;
  private applying: Promise<void> = Promise.resolve();

  private constructor(private readonly program: string) {}

  /**
   * @param url     the program's own database
   * @param program the name under which moves are acknowledged
   * @param onMove  runs after each move, before it is acknowledged: sweeps what has become due
   */
  static async follow(
    url: string,
    program: string,
    onMove: () => Promise<void>,
  ): Promise<InstallationClock> {
    const clock = new InstallationClock(program);
    const client = new Client({ connectionString: url, application_name: `${program}-clock` });
    await client.connect();
    const { rows } = await client.query<{ movable: boolean; kind: string | null }>(
      `select to_regclass('platform.test_clock') is not null as movable, (select kind from platform.installation) as kind`,
    );
    const found = rows[0];
    if (!found?.movable) {
      await client.end();
      return clock;
    }
    if (found.kind !== 'sandbox') {
      await client.end();
      throw new Error(
        'This installation is not a sandbox but has a movable clock. Drop platform.test_clock before starting.',
      );
    }
    clock.listener = client;
    client.on('error', () => undefined);
    client.on('notification', () => {
      // A sweep that fails leaves the move unacknowledged, and whoever moved the clock is told so.
      clock.applying = clock.applying.then(() => clock.apply(client, onMove)).catch(ignoreClosed);
    });
    await client.query('listen test_clock');
    await clock.apply(client, () => Promise.resolve());
    return clock;
  }

  now(): Instant {
    return instant((this.frozen ?? Date.now()) + this.shift);
  }

  /** Is this the movable clock of a sandbox? */
  get isMovable(): boolean {
    return this.listener !== undefined;
  }

  /** Stops listening, and is not waited for any more. */
  async close(): Promise<void> {
    await this.applying;
    const client = this.listener;
    if (!client) return;
    this.listener = undefined;
    await client
      .query('delete from platform.test_clock_ack where program = $1', [this.program])
      .catch(ignoreClosed);
    await client.end();
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
      [this.program, row.version],
    );
  }
}

const ignoreClosed = (): undefined => undefined;
