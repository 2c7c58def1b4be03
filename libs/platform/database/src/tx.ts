import type { EntityManager } from 'typeorm';

/**
 * One open transaction, under one context's role and READ COMMITTED. Everything that a unit of work reads or writes goes
 * through it.
 */
export interface Tx {
  /** Runs one statement; parameters are `$1 …`. Answers the rows (an empty list for a statement that returns none). */
  query<Row = Record<string, unknown>>(
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<Row[]>;
  /** TypeORM's manager of the same transaction, for the rows of one aggregate. Never for bulk. */
  readonly manager: EntityManager;
  /** Calls back once the transaction has committed; never when it rolled back. */
  afterCommit(callback: () => void): void;
}
