import type { IncidentFacts } from '@varde/contracts';
import {
  firstStatementWarning,
  firstStatementWithin,
  statementClock,
} from '@varde/communication-domain';
import { parseInstant, plus } from '@varde/kernel';
import type { Tx } from '@varde/platform-database';
import type { Outbox } from '@varde/platform-outbox';
import { addTimer } from './timer.repository';

/**
 * Starts the clock of the first public statement when an incident becomes major or critical, counted from that change and not from
 * when we heard of it; stops it when the incident is lowered or over.
 *
 * @param before the newest facts known until now
 * @source invariants §2.4
 */
export async function followStatementClock(
  tx: Tx,
  outbox: Outbox,
  before: IncidentFacts | undefined,
  after: IncidentFacts,
): Promise<void> {
  const step = statementClock(before, after);
  if (step === 'keep') return;
  if (step === 'stop') return stopStatementClock(tx, after.incidentId);
  const since = parseInstant(after.changedAt);
  if (since === undefined) throw new Error(`Not an instant: ${after.changedAt}`);
  for (const [kind, wait] of [
    ['first-statement-soon', firstStatementWarning],
    ['first-statement-due', firstStatementWithin],
  ] as const) {
    await addTimer(tx, outbox, kind, after.incidentId, undefined, plus(since, wait), {
      version: after.version,
    });
  }
}

async function stopStatementClock(tx: Tx, incidentId: string): Promise<void> {
  await tx.query(
    `update communication.timer set done_at = platform.clock()
      where incident_id = $1 and kind in ('first-statement-soon', 'first-statement-due') and done_at is null`,
    [incidentId],
  );
}
