import type { Pool } from 'pg';
import { instant, toIso, type Duration, type Instant } from '@varde/kernel';

/** The clock of one test database: SQL reads it, and every program that follows it. */
export interface TestClock {
  now(): Promise<Instant>;
  /** Moves on, or back by a negative duration; resolves when every program that follows the clock has done its due work. */
  forward(by: Duration): Promise<void>;
  /** Stands still at this instant until it is moved. */
  freeze(at: Instant): Promise<void>;
  /** Runs with the machine's clock again. */
  release(): Promise<void>;
}

const patienceMs = 10_000;

/** The clock of the database behind this pool, whose role must be the owner's or a superuser's. */
export function testClock(pool: Pool): TestClock {
  const move = async (change: string, values: readonly unknown[] = []): Promise<void> => {
    await pool.query(`update platform.test_clock set ${change}, version = version + 1`, [
      ...values,
    ]);
    await everybodyFollowed(pool);
  };
  return {
    async now() {
      const { rows } = await pool.query<{ ms: string }>(
        'select extract(epoch from platform.clock()) * 1000 as ms',
      );
      return instant(Math.floor(Number(rows[0]?.ms)));
    },
    forward: (by) => move(`shift = shift + $1 * interval '1 millisecond'`, [by]),
    freeze: (at) => move(`shift = '0', frozen_at = $1`, [toIso(at)]),
    release: () => move(`shift = '0', frozen_at = null`),
  };
}

async function everybodyFollowed(pool: Pool): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const { rows } = await pool.query<{ program: string }>(
      `select a.program from platform.test_clock_ack a, platform.test_clock c where a.version < c.version order by 1`,
    );
    if (rows.length === 0) return;
    if (performance.now() > until) {
      const names = rows.map((row) => row.program).join(', ');
      throw new Error(`The clock was moved, but did not move in: ${names}.`);
    }
  }
}
