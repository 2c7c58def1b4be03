import { DataSource, type EntityManager, type EntitySchema } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import type { Pool } from 'pg';
import type { ContextRole } from './context-role';
import { translated } from './translate';
import type { Tx } from './tx';
import { whyUnreachable } from './why-unreachable';

/** How a program reaches its database. */
export interface DatabaseOptions {
  /** `postgres://role@host:port/database`; the role is the program's own. */
  readonly url: string;
  /** Shown in `pg_stat_activity`, so that the night shift sees who holds a lock. */
  readonly applicationName: string;
  /** Connections kept at most. @defaultValue 10 */
  readonly poolSize?: number;
  /** Classes of the rows that TypeORM maps for this program. */
  readonly entities?: readonly (new () => object)[] | readonly EntitySchema[];
}

/**
 * One program's connections. Rights lie with the contexts: a unit of work takes one context's role for its length, so a join
 * across schemas is refused by PostgreSQL itself.
 *
 * @source `architecture.md` §8, S-9
 */
export class Database {
  private constructor(private readonly source: DataSource) {}

  /** Opens the pool. @throws Error that says why it cannot be opened, where, and what to do. */
  static async connect(options: DatabaseOptions): Promise<Database> {
    const source = new DataSource({
      type: 'postgres',
      url: options.url,
      entities: [...(options.entities ?? [])],
      synchronize: false,
      logging: false,
      extra: {
        max: options.poolSize ?? 10,
        application_name: options.applicationName,
        // Said once for each connection; TypeORM would say it in a message of its own for each transaction.
        options: '-c default_transaction_isolation=read\\ committed',
        statement_timeout: 120_000,
        idle_in_transaction_session_timeout: 60_000,
      },
      // A connection that breaks while idle is thrown away by the pool; the next unit of work opens another (P-4).
      poolErrorHandler: () => undefined,
    });
    try {
      await source.initialize();
    } catch (cause) {
      throw new Error(whyUnreachable(options.url, cause), { cause });
    }
    return new Database(source);
  }

  /** The driver's pool, for COPY, cursors and LISTEN. */
  get pool(): Pool {
    return (this.source.driver as PostgresDriver).master as Pool;
  }

  /**
   * Runs `work` in one transaction under a context's role, READ COMMITTED, and commits. Whatever it throws rolls back.
   *
   * @throws Refusal where a constraint or a guard of the database says no
   */
  unitOfWork<T>(role: ContextRole, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.run(`set local role ${role}`, work);
  }

  /** The same under the program's own role: the courier, the gate, the relay. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.run(undefined, work);
  }

  /** Closes every connection. */
  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  private async run<T>(first: string | undefined, work: (tx: Tx) => Promise<T>): Promise<T> {
    const callbacks: (() => void)[] = [];
    try {
      const result = await this.source.transaction(async (manager) => {
        if (first) await manager.query(first);
        return work(txOf(manager, callbacks));
      });
      for (const callback of callbacks) callback();
      return result;
    } catch (cause) {
      throw translated(cause);
    }
  }
}

function txOf(manager: EntityManager, callbacks: (() => void)[]): Tx {
  return {
    manager,
    query: <Row>(sql: string, parameters: readonly unknown[] = []) =>
      manager.query(sql, [...parameters]).then((answer) => rowsOf<Row>(answer)),
    afterCommit: (callback) => callbacks.push(callback),
  };
}

// TypeORM answers [rows, count] to update and delete, rows to everything else.
function rowsOf<Row>(answer: unknown): Row[] {
  if (!Array.isArray(answer)) return [];
  if (answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number') {
    return answer[0] as Row[];
  }
  return answer as Row[];
}
