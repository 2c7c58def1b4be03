import type { Client, QueryResult } from 'pg';
import type { Attack, Step } from './attack';

/**
 * Runs the steps one after another, each in a transaction of its own.
 *
 * @returns a sentence for each outcome that was not expected; empty when every guard held
 */
export async function runAttacks(client: Client, steps: readonly Step[]): Promise<string[]> {
  const unexpected: string[] = [];
  for (const step of steps) {
    if (step.kind === 'arranged') {
      await client.query(step.sql);
      continue;
    }
    const got = await outcomeOf(client, step);
    if (!isExpected(step, got)) {
      unexpected.push(`${step.who}: ${step.label}: expected ${wish(step)}, got ${got}`);
    }
  }
  return unexpected;
}

async function outcomeOf(client: Client, attack: Attack): Promise<string> {
  const isolation = attack.isOldSnapshot ? 'repeatable read' : 'read committed';
  await client.query(`begin isolation level ${isolation}; set local role ${attack.who}`);
  try {
    const answer = await client.query(attack.sql);
    await client.query(attack.kind === 'refused' ? 'rollback' : 'commit');
    return attack.kind === 'answers' ? firstValue(answer) : 'success';
  } catch (error) {
    await client.query('rollback');
    const { code, message } = error as { code?: string; message: string };
    if (code === undefined) throw error;
    return `${code} ${message}`;
  }
}

// Several statements in one text answer a list: the last one speaks.
function firstValue(answer: QueryResult | QueryResult[]): string {
  const last = Array.isArray(answer) ? answer[answer.length - 1] : answer;
  const row = last?.rows[0] as Record<string, string | number | boolean | null> | undefined;
  const value = row ? Object.values(row)[0] : undefined;
  return value === undefined || value === null ? 'nothing' : String(value);
}

function isExpected(attack: Attack, got: string): boolean {
  if (attack.kind === 'refused') return got.startsWith(attack.expected);
  return got === (attack.kind === 'allowed' ? 'success' : attack.expected);
}

const wish = (attack: Attack): string => (attack.kind === 'allowed' ? 'success' : attack.expected);
