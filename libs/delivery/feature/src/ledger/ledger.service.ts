import type { Tx } from '@varde/platform-database';

/** One dispatch on one channel: what was planned, and what became of it. */
export interface LedgerLine {
  readonly dispatchId: string;
  readonly incidentId: string;
  readonly mode: string;
  readonly stage: string | null;
  readonly channel: string;
  readonly planned: number;
  readonly delivered: number;
  /** Accepted by the provider, no receipt of delivery: on many routes there is none. */
  readonly sentWithoutReceipt: number;
  readonly failed: number;
  readonly suppressed: number;
  readonly superseded: number;
  readonly expired: number;
  /** Ambiguous: nobody can tell. */
  readonly unknown: number;
  /** Not over yet: pending and sending. */
  readonly open: number;
}

/** Something that must never be. */
export interface LedgerFault {
  readonly law: string;
  readonly sentence: string;
  readonly dispatchId?: string;
}

/** The whole account. */
export interface Ledger {
  readonly lines: readonly LedgerLine[];
  readonly faults: readonly LedgerFault[];
  readonly balances: boolean;
}

interface CountRow {
  readonly dispatch_id: string;
  readonly incident_id: string;
  readonly mode: string;
  readonly channel: string;
  readonly state: string;
  readonly n: string;
}

/**
 * Adds up what was planned against what became of it, from the rows themselves, and compares the counters with them (DL-2,
 * DL-15). Nothing may be left over, and no dispatch may be missing: one whose rows nobody has made yet does not balance.
 *
 * @param incidentId one incident, or all
 * @source invariants §11.6; NEW-15
 */
export async function checkLedger(tx: Tx, incidentId?: string): Promise<Ledger> {
  const rows = await tx.query<CountRow>(
    `select y.dispatch_id, d.incident_id, d.mode, y.channel, y.state, count(*) as n
       from delivery.delivery y join communication.dispatch d on d.id = y.dispatch_id
      where $1::uuid is null or d.incident_id = $1
      group by 1, 2, 3, 4, 5`,
    [incidentId ?? null],
  );
  const counters = await tx.query<{
    dispatch_id: string;
    channel: string;
    state: string;
    n: string;
  }>(
    `select l.dispatch_id, l.channel, l.state, sum(l.n) as n from delivery.lane_count l
       join communication.dispatch d on d.id = l.dispatch_id where $1::uuid is null or d.incident_id = $1 group by 1, 2, 3`,
    [incidentId ?? null],
  );
  const plans = await tx.query<{
    dispatch_id: string;
    n: string | null;
    planned: string | null;
    is_done: boolean;
  }>(
    `select d.id as dispatch_id, c.n, f.planned, f.done_at is not null as is_done
       from communication.dispatch d
       left join delivery.fan_out f on f.dispatch_id = d.id
       left join delivery.dispatch_count c on c.dispatch_id = d.id
      where $1::uuid is null or d.incident_id = $1`,
    [incidentId ?? null],
  );
  const lines = linesOf(rows);
  const faults = [
    ...counterFaults(rows, counters),
    ...planFaults(lines, plans),
    ...(await orderFaults(tx, incidentId)),
  ];
  return { lines, faults, balances: faults.length === 0 && lines.every(isBalanced) };
}

const isBalanced = (line: LedgerLine): boolean =>
  line.planned ===
  line.delivered +
    line.sentWithoutReceipt +
    line.failed +
    line.suppressed +
    line.superseded +
    line.expired +
    line.unknown +
    line.open;

function linesOf(rows: readonly CountRow[]): LedgerLine[] {
  const keys = [...new Set(rows.map((row) => `${row.dispatch_id} ${row.channel}`))];
  return keys.flatMap((key) => {
    const group = rows.filter((row) => `${row.dispatch_id} ${row.channel}` === key);
    const [first] = group;
    if (!first) return [];
    const of = (...states: string[]): number =>
      group
        .filter((row) => states.includes(row.state))
        .reduce((sum, row) => sum + Number(row.n), 0);
    return [
      {
        dispatchId: first.dispatch_id,
        incidentId: first.incident_id,
        mode: first.mode,
        stage: null,
        channel: first.channel,
        planned: group.reduce((sum, row) => sum + Number(row.n), 0),
        delivered: of('delivered'),
        sentWithoutReceipt: of('accepted'),
        failed: of('failed'),
        suppressed: of('suppressed'),
        superseded: of('superseded'),
        expired: of('expired'),
        unknown: of('ambiguous'),
        open: of('pending', 'sending'),
      },
    ];
  });
}

function counterFaults(
  rows: readonly CountRow[],
  counters: readonly { dispatch_id: string; channel: string; state: string; n: string }[],
): LedgerFault[] {
  const counted = new Map(
    rows.map((row) => [`${row.dispatch_id} ${row.channel} ${row.state}`, Number(row.n)]),
  );
  const told = new Map(
    counters.map((row) => [`${row.dispatch_id} ${row.channel} ${row.state}`, Number(row.n)]),
  );
  return [...new Set([...counted.keys(), ...told.keys()])]
    .filter((key) => (counted.get(key) ?? 0) !== (told.get(key) ?? 0))
    .map((key) => ({
      law: 'DL-15',
      sentence: `The counter for ${key} says ${told.get(key) ?? 0}, the rows say ${counted.get(key) ?? 0}.`,
      dispatchId: key.slice(0, 36),
    }));
}

function planFaults(
  lines: readonly LedgerLine[],
  plans: readonly {
    dispatch_id: string;
    n: string | null;
    planned: string | null;
    is_done: boolean;
  }[],
): LedgerFault[] {
  return plans.flatMap((plan) => {
    const rows = lines
      .filter((line) => line.dispatchId === plan.dispatch_id)
      .reduce((sum, line) => sum + line.planned, 0);
    const faults: LedgerFault[] = [];
    if (!plan.is_done)
      faults.push({
        law: 'DL-2',
        sentence: `The dispatch has not become rows completely yet.`,
        dispatchId: plan.dispatch_id,
      });
    if (rows !== Number(plan.n ?? 0) || rows !== Number(plan.planned ?? 0)) {
      faults.push({
        law: 'DL-2',
        sentence: `${plan.planned ?? 0} were planned, ${plan.n ?? 0} counted, ${rows} rows stand.`,
        dispatchId: plan.dispatch_id,
      });
    }
    return faults;
  });
}

/** No row without an intent was ever sent, and nobody was told of an end twice. */
async function orderFaults(tx: Tx, incidentId?: string): Promise<LedgerFault[]> {
  const orphans = await tx.query<{ dispatch_id: string; n: string }>(
    `select y.dispatch_id, count(*) as n from delivery.delivery y join communication.dispatch d on d.id = y.dispatch_id
      where y.state in ('accepted', 'delivered', 'ambiguous') and ($1::uuid is null or d.incident_id = $1)
        and not exists (select from delivery.attempt a where (a.dispatch_id, a.recipient_id, a.channel) = (y.dispatch_id, y.recipient_id, y.channel))
      group by 1`,
    [incidentId ?? null],
  );
  return orphans.map((row) => ({
    law: 'DL-1',
    sentence: `${row.n} rows were sent without an intent.`,
    dispatchId: row.dispatch_id,
  }));
}
