import type { Pool, PoolClient } from 'pg';

/** An open transaction under the audience's role. It ends once, by `commit` or `rollBack`. */
export interface AudienceTransaction {
  readonly client: PoolClient;
  commit(): Promise<void>;
  rollBack(): Promise<void>;
}

/** Begins a transaction for bulk work: its client is used directly, since a COPY needs it. */
export async function beginAudience(pool: Pool): Promise<AudienceTransaction> {
  const client = await pool.connect();
  // A connection that is cut while nobody asks it anything must not end the program; the next query tells.
  const swallow = (): void => undefined;
  client.on('error', swallow);
  const end = (broken?: Error): void => {
    client.off('error', swallow);
    client.release(broken ?? false);
  };
  await client.query(`begin; set local role varde_audience; ${settings}`).catch((error: Error) => {
    end(error);
    throw error;
  });
  return {
    client,
    commit: () => finish(client, 'commit', end),
    rollBack: () => finish(client, 'rollback', end).catch(() => undefined),
  };
}

// A killed import must leave the tables at once: the server looks after us even inside one long statement. JIT costs more
// than it gains on statements that read a table once.
const settings = `set local client_connection_check_interval = '1s'; set local jit = off; set local work_mem = '96MB';
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`;

async function finish(
  client: PoolClient,
  how: string,
  end: (broken?: Error) => void,
): Promise<void> {
  try {
    await client.query(how);
    end();
  } catch (error) {
    end(error as Error);
    throw error;
  }
}
