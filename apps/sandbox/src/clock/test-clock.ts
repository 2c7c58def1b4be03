import { Client } from 'pg';
import { z } from 'zod';

/** `PUT /control/clock`: where the product's clock stands. Left out means as it was; `null` lets a frozen clock run. */
export const clockMove = z.strictObject({
  shiftSeconds: z.int().optional().describe('Added to the real, or the frozen, time'),
  frozenAt: z.iso.datetime({ offset: true }).nullable().optional().describe('Stands still there'),
});

/** A move of the clock, checked. */
export type ClockMove = z.infer<typeof clockMove>;

/** Where the clock stands, and who has not noticed yet. */
export interface ClockState {
  readonly shiftSeconds: number;
  /** RFC 3339 in UTC, or `null` when it runs. */
  readonly frozenAt: string | null;
  readonly version: number;
  /** Programs that have not acknowledged this version. */
  readonly behind: readonly string[];
}

const patienceMs = 5000;
const lookEveryMs = 5;

const stateSql = `
  select extract(epoch from c.shift)::float8 as shift_seconds,
         to_char(c.frozen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as frozen_at,
         c.version::float8 as version,
         coalesce((select array_agg(a.program order by a.program)
                     from platform.test_clock_ack a where a.version < c.version), '{}') as behind
    from platform.test_clock c where c.one`;

// A trigger of the table tells the programs.
const moveSql = `
  update platform.test_clock
     set shift = coalesce(make_interval(secs => $1::float8), shift),
         frozen_at = case when $2 then $3::timestamptz else frozen_at end,
         version = version + 1
   where one`;

interface Row {
  readonly shift_seconds: number;
  readonly frozen_at: string | null;
  readonly version: number;
  readonly behind: string[];
}

/**
 * The clock that tests and exercises move: one row in the database, read by SQL and by every program. Exists in
 * throw-away databases only; a production program refuses to start beside it.
 *
 * @source `recipes.md` §4
 */
export class TestClock {
  readonly #databaseUrl: string;

  constructor(databaseUrl: string) {
    this.#databaseUrl = databaseUrl;
  }

  /** Where it stands. */
  read(): Promise<ClockState> {
    return this.#connected(stateOf);
  }

  /** Moves it and waits, five seconds at most, until every program has followed; who has not is in `behind`. */
  move({ shiftSeconds, frozenAt }: ClockMove): Promise<ClockState> {
    return this.#connected(async (client) => {
      await client.query(moveSql, [shiftSeconds ?? null, frozenAt !== undefined, frozenAt ?? null]);
      return everybodyFollowed(client);
    });
  }

  async #connected<T>(use: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: this.#databaseUrl });
    await client.connect();
    try {
      return await use(client);
    } finally {
      await client.end();
    }
  }
}

async function stateOf(client: Client): Promise<ClockState> {
  const { rows } = await client.query<Row>(stateSql);
  const [row] = rows;
  if (!row)
    throw new Error(
      'The table platform.test_clock has no row: run the migrations of a test installation.',
    );
  return {
    shiftSeconds: row.shift_seconds,
    frozenAt: row.frozen_at,
    version: row.version,
    behind: row.behind,
  };
}

async function everybodyFollowed(client: Client): Promise<ClockState> {
  const giveUpAt = performance.now() + patienceMs;
  let state = await stateOf(client);
  while (state.behind.length > 0 && performance.now() < giveUpAt) {
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    state = await stateOf(client);
  }
  return state;
}
