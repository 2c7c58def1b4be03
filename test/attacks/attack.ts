/** Under which role a step runs. `attack_app` stands for the application: it has both contexts' rights at once. */
export type Attacker = 'attack_app' | 'varde_courier' | 'varde_gate' | 'varde_migrate' | 'postgres';

/** One statement, under the role that would make it, and what it must meet. */
export interface Attack {
  readonly kind: 'refused' | 'allowed' | 'answers';
  readonly who: Attacker;
  readonly label: string;
  /** `refused`: the SQLSTATE and, where a guard of ours speaks, how its message begins. `answers`: the first value, as text. */
  readonly expected: string;
  readonly sql: string;
  /** Under a snapshot that is older than its locks. */
  readonly isOldSnapshot?: boolean;
}

/** What only the owner of a throw-away database can do: move the clock, switch a trigger off. */
export interface Arrangement {
  readonly kind: 'arranged';
  readonly sql: string;
}

/** A line of the attack list. */
export type Step = Attack | Arrangement;

/** The statement must fail for this reason: an attack that is refused for another one proves nothing. */
export const refused = (who: Attacker, label: string, expected: string, sql: string): Attack => ({
  kind: 'refused',
  who,
  label,
  expected,
  sql,
});

/** The statement must pass: a guard that refuses everything would pass every attack. */
export const allowed = (who: Attacker, label: string, sql: string): Attack => ({
  kind: 'allowed',
  who,
  label,
  expected: '',
  sql,
});

/** The statement passes, and its first value says what it did. */
export const answers = (who: Attacker, label: string, expected: string, sql: string): Attack => ({
  kind: 'answers',
  who,
  label,
  expected,
  sql,
});

/** Done by the owner, without an expectation. */
export const arranged = (sql: string): Arrangement => ({ kind: 'arranged', sql });

/** Moves the database's clock to now plus this interval. */
export const later = (interval: string): Arrangement =>
  arranged(`update platform.test_clock set shift = '${interval}', version = version + 1`);

/** The same attacks under REPEATABLE READ. */
export const underOldSnapshot = (attacks: readonly Attack[]): readonly Attack[] =>
  attacks.map((attack) => ({ ...attack, isOldSnapshot: true }));
