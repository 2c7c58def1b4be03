import { Client } from 'pg';
import type { TestDatabase } from '@varde/testing';
import type { Attacker } from './attack';
import { applicationRole } from './attack-role';

/** One connection of a crowd. */
export interface Contender {
  /**
   * Runs the statements in one transaction under a role.
   *
   * @returns the last statement's rows, or the SQLSTATE and message of the refusal
   */
  try<Row>(who: Attacker, sql: string, values?: readonly unknown[]): Promise<Row[] | string>;
  end(): Promise<void>;
}

/** Opens so many connections at once. */
export async function contenders(database: TestDatabase, count: number): Promise<Contender[]> {
  await database.query(applicationRole);
  return Promise.all(Array.from({ length: count }, () => contender(database)));
}

async function contender(database: TestDatabase): Promise<Contender> {
  const client = new Client({ connectionString: database.superuserUrl });
  // A test that failed drops the database under those who still run.
  client.on('error', () => undefined);
  await client.connect();
  return {
    async try<Row>(who: Attacker, sql: string, values: readonly unknown[] = []) {
      await client.query(`begin isolation level read committed; set local role ${who}`);
      try {
        const answer = await client.query(sql, values.length > 0 ? [...values] : undefined);
        await client.query('commit');
        const last = Array.isArray(answer) ? answer[answer.length - 1] : answer;
        return last.rows as Row[];
      } catch (error) {
        await client.query('rollback');
        const { code, message } = error as { code?: string; message: string };
        if (code === undefined) throw error;
        return `${code} ${message}`;
      }
    },
    end: () => client.end(),
  };
}

/** Was the statement refused? */
export const isRefusal = (answer: readonly unknown[] | string): answer is string =>
  typeof answer === 'string';
