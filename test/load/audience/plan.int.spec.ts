import { mergeAudience, resolveAudience } from '@varde/audience-feature';
import type { AudienceResolved, IncidentFacts } from '@varde/contracts';
import type { Database, Tx } from '@varde/platform-database';
import { aDatabase, type TestDatabase } from '@varde/testing';
import { anOutage } from './facts';
import { worldSql } from './world.sql';

let test: TestDatabase;
let engine: Database;
let snapshots: (AudienceResolved | undefined)[];
beforeAll(async () => {
  test = await aDatabase();
  engine = await test.database('varde_engine');
  // One string is one session: it begins by stepping aside from the foreign keys. Only VACUUM must stand alone.
  const statements = worldSql(20_000);
  await test.query(statements.filter((sql) => !sql.startsWith('vacuum')).join(';'));
  await test.query('vacuum analyze');
}, 120_000);
afterAll(() => test.drop());

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** Explains a statement under the given transaction. */
async function planOf(tx: Tx, sql: string, values: readonly unknown[]): Promise<Plan[]> {
  const [row] = await tx.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
    `explain (format json) ${sql}`,
    values,
  );
  return (row?.['QUERY PLAN'] ?? []).flatMap(({ Plan: top }) => nodesOf(top));
}

/** A transaction that reads the plan of every statement before it runs it. */
const watching = (tx: Tx, seen: Plan[]): Tx => ({
  manager: tx.manager,
  afterCommit: (callback) => tx.afterCommit(callback),
  query: async (sql, values = []) => {
    if (/^\s*(with|insert|select)\b/.test(sql)) seen.push(...(await planOf(tx, sql, values)));
    return tx.query(sql, values);
  },
});

/** The registers that grow with the customers; 200 agreements lie on two pages and are rightly read whole. */
const large = ['subscription', 'subscription_element', 'customer', 'contact', 'contact_address'];

const oneCell = (facts: Partial<IncidentFacts> = {}): IncidentFacts =>
  anOutage({ elements: ['cell/77'], ...facts });

describe('the plans of a resolution of one cell among 20,000 customers', () => {
  it('reads no register from end to end: not for the start, the update, or the end', async () => {
    const seen: Plan[] = [];
    snapshots = await engine.unitOfWork('varde_audience', async (tx) => {
      const watched = watching(tx, seen);
      return [
        await resolveAudience(watched, { incident: oneCell(), occasion: 'hit', changed: [] }),
        await resolveAudience(watched, {
          incident: oneCell({ version: 2 }),
          occasion: 'hit',
          changed: [],
        }),
        await resolveAudience(watched, {
          incident: oneCell({ version: 3 }),
          occasion: 'end',
          changed: [],
        }),
      ];
    });
    expect(snapshots.map((snapshot) => snapshot?.hit.subscriptions)).toEqual([74, 74, 0]);
    const scanned = seen
      .filter((node) => node['Node Type'] === 'Seq Scan')
      .map((node) => node['Relation Name'] ?? '');
    expect(scanned.filter((relation) => large.includes(relation))).toEqual([]);
    expect(seen.some((node) => node['Index Name'] === 'subscription_element_element')).toBe(true);
  });

  it('a merge reads none either', async () => {
    const seen: Plan[] = [];
    await engine.unitOfWork('varde_audience', (tx) =>
      mergeAudience(
        watching(tx, seen),
        oneCell({ version: 4, mergedInto: '00000000-0000-4000-8000-00000000000b' }),
      ),
    );
    const scanned = seen
      .filter((node) => node['Node Type'] === 'Seq Scan')
      .map((node) => node['Relation Name'] ?? '');
    expect(scanned.filter((relation) => large.includes(relation))).toEqual([]);
  });
});

describe('the plan of the door', () => {
  it('DL-2: the fan-out’s cursor walks an index and never sorts', async () => {
    const incident = oneCell({
      incidentId: '00000000-0000-4000-8000-00000000000c',
      services: ['mobile-voice'],
      elements: ['core/1'],
    });
    const snapshot = await engine.unitOfWork('varde_audience', (tx) =>
      resolveAudience(tx, { incident, occasion: 'hit', changed: [] }),
    );
    await test.query('analyze audience.snapshot_member');
    const plan = await engine.unitOfWork('varde_delivery', (tx) =>
      planOf(
        tx,
        `select * from audience_public.snapshot_member where snapshot_id = $1 and (class, contact_id) > ($2, $3)
          order by class, contact_id limit 500`,
        [snapshot?.snapshotId, 3, 1000],
      ),
    );
    expect(plan.map((node) => node['Node Type'])).toEqual(['Limit', 'Index Scan']);
    expect(plan[1]?.['Index Name']).toBe('snapshot_member_cursor');
  });
});
