import type { GateScope } from '@varde/delivery-domain';
import type { Database } from '@varde/platform-database';

/** What is to be halted or released. @property id the channel, provider, incident or dispatch; `*` for everything */
export interface Gate {
  readonly scope: GateScope;
  readonly id: string;
}

/** Stops sending, and opens it again by two. Signs in under the gate's own role, which can do nothing else. @source DL-7, S-39 */
export class GateService {
  constructor(private readonly database: Database) {}

  /** Takes effect with its commit: no intent begins after it. Asks nobody. */
  async halt(gate: Gate, person: string, reason: string): Promise<void> {
    await this.call('halt', gate, person, reason);
  }

  /** @throws Refusal `not-halted` */
  async askRelease(gate: Gate, person: string, reason: string): Promise<void> {
    await this.call('ask_release', gate, person, reason);
  }

  /** @throws Refusal `no-release-request`, `release-by-same-person` */
  async release(gate: Gate, person: string, reason: string): Promise<void> {
    await this.call('release', gate, person, reason);
  }

  /** Everything that is halted now, and who asked for its release. */
  async halted(): Promise<
    { scope: GateScope; id: string; releaseAskedBy: string | null; releaseAskedAt: string | null }[]
  > {
    const rows = await this.database.transaction((tx) =>
      tx.query<{
        scope: GateScope;
        id: string;
        release_asked_by: string | null;
        release_asked_at: Date | null;
      }>(
        `select scope, id, release_asked_by, release_asked_at from delivery.gate where halted order by scope, id`,
      ),
    );
    return rows.map((row) => ({
      scope: row.scope,
      id: row.id,
      releaseAskedBy: row.release_asked_by,
      releaseAskedAt: row.release_asked_at?.toISOString() ?? null,
    }));
  }

  private async call(
    door: 'halt' | 'ask_release' | 'release',
    gate: Gate,
    person: string,
    reason: string,
  ): Promise<void> {
    await this.database.transaction((tx) =>
      tx.query(`select delivery.${door}($1, $2, $3, $4)`, [gate.scope, gate.id, person, reason]),
    );
  }
}
