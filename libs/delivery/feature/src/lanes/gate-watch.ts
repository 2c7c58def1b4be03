import type { Database } from '@varde/platform-database';
import { every, type Repeated } from '@varde/platform-time';

/**
 * Knows within a quarter of a second what is halted, so that the flag can be read before each provider call without a query
 * each. claim() asks the database itself; this stops what was claimed and not yet called.
 *
 * @source DL-7: halt → last provider call ≤ 5 s
 */
export class GateWatch {
  private halted: ReadonlySet<string> = new Set();
  private isBlind = false;
  private loop: Repeated | undefined;

  constructor(
    private readonly database: Database,
    private readonly onError: (cause: unknown) => void,
  ) {}

  start(): void {
    this.loop = every(
      250,
      () => this.look(),
      (cause) => {
        // Whoever cannot see the brake must not drive.
        this.isBlind = true;
        this.onError(cause);
      },
    );
  }

  async stop(): Promise<void> {
    await this.loop?.stop();
  }

  isHalted(channel: string, provider: string, incidentId: string, dispatchId: string): boolean {
    if (this.isBlind) return true;
    return [
      `all *`,
      `channel ${channel}`,
      `provider ${provider}`,
      `incident ${incidentId}`,
      `dispatch ${dispatchId}`,
    ].some((key) => this.halted.has(key));
  }

  private async look(): Promise<void> {
    const rows = await this.database.transaction((tx) =>
      tx.query<{ key: string }>(`select scope || ' ' || id as key from delivery.gate where halted`),
    );
    this.halted = new Set(rows.map((row) => row.key));
    this.isBlind = false;
  }
}
