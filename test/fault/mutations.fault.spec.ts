import * as fc from 'fast-check';
import { exampleSources, mutatedRecord } from '@varde/incident-domain/testing';
import { readRecord, sourcesOf, type RawRecord } from '@varde/incident-domain';
import { incidentFeature, type ElementRow, type IncidentFeature } from '@varde/incident-feature';
import { Database, type Tx } from '@varde/platform-database';
import { Outbox } from '@varde/platform-outbox';
import { startSystem, type System } from '../../tools/system/system';
import { sizeOf } from './sizes';

// Printed with a failure, and another seed is another hundred thousand.
const seed = Number(process.env.VARDE_MUTATION_SEED ?? 20_261_125);
/** Records taken in one transaction; each is undone before the next, so that every one meets the same empty world. */
const atOnce = 250;

let system: System;
let database: Database;
let feature: IncidentFeature;
const errors: unknown[] = [];

beforeAll(async () => {
  system = await startSystem({
    name: 'mutations',
    throwAway: true,
    customers: 0,
    programs: [],
    report: () => undefined,
  });
  database = await Database.connect({
    url: system.installation.urlFor('varde_engine'),
    applicationName: 'mutations',
  });
  feature = incidentFeature({
    outbox: new Outbox(() => undefined),
    onHandlerError: (cause) => errors.push(cause),
  });
  await database.unitOfWork('varde_incident', async (tx) => {
    // The elements that the examples speak of are known, so that a good event goes all the way.
    await feature.topology.upsertElements(tx, [
      element('site/NO/20417', 'site', 'NO-4601'),
      element('core/SE/mss-2', 'core', 'SE'),
    ]);
    for (const source of exampleSources) await feature.sources.register(tx, source, 'test');
  });
}, 120_000);

afterAll(async () => {
  await database?.close();
  await system?.stop();
}, 60_000);

const element = (elementId: string, kind: 'site' | 'core', area: string): ElementRow => ({
  ...{ elementId, parentId: null, kind, area, services: 3 },
});

/** What became of one record: how many events it holds, and how many rows of each kind stand for them. */
interface Became {
  readonly parts: number;
  readonly outcomes: readonly string[];
  readonly kept: number;
  readonly counted: number;
  readonly putAside: number;
}

const rowsOf = `select (select count(*)::int from incident.inbox_event) as kept,
  (select coalesce(sum(n), 0)::int from incident.counted) as counted,
  (select count(*)::int from incident.dead_letter) as "putAside"`;

/** Takes a record as the consumer does, looks at the rows, and undoes it. */
async function takeAndUndo(tx: Tx, record: RawRecord): Promise<Became> {
  await tx.query('savepoint record');
  const taken = await feature.intake.take(tx, record);
  const [rows] = await tx.query<Pick<Became, 'kept' | 'counted' | 'putAside'>>(rowsOf);
  await tx.query('rollback to savepoint record');
  if (!rows) throw new Error('PostgreSQL counted nothing.');
  const parts = readRecord(record, sourcesOf(exampleSources)).length;
  return { parts, outcomes: taken.map(({ outcome }) => outcome), ...rows };
}

const applied = ['applied', 'older', 'parked', 'without-effect'];

/** Each event is exactly one of the three, and a row says which. An event that stands twice in one record stands once. */
function isAccountedFor({ parts, outcomes, kept, counted, putAside }: Became): boolean {
  const count = (...wanted: string[]): number =>
    outcomes.filter((outcome) => wanted.includes(outcome)).length;
  return (
    outcomes.length === parts &&
    count(...applied, 'counted', 'dead-letter', 'duplicate') === parts &&
    kept === count(...applied, 'counted') &&
    counted === count('counted') &&
    putAside === count('dead-letter')
  );
}

it('S-12: each mutated event that the real intake takes is applied, counted or dead-lettered, exactly one of the three', async () => {
  const { recipients: wanted } = sizeOf('mutated events');
  const tally = { applied: 0, counted: 0, deadLetter: 0 };
  for (let from = 0; from < wanted; from += atOnce) {
    const numRuns = Math.min(atOnce, wanted - from);
    const records = fc.sample(mutatedRecord, { numRuns, seed: seed + from });
    await database.unitOfWork('varde_incident', async (tx) => {
      for (const [i, record] of records.entries()) {
        const became = await takeAndUndo(tx, { ...record, offset: String(from + i) });
        if (!isAccountedFor(became))
          throw new Error(`Seed ${seed + from}, record ${i}: ${JSON.stringify(became)}.`);
        tally.applied += became.kept - became.counted;
        tally.counted += became.counted;
        tally.deadLetter += became.putAside;
      }
    });
    // A handler of ours that threw is a crash that the dead letters would hide.
    expect(errors).toEqual([]);
  }
  // All three ways were walked.
  for (const count of Object.values(tally)) expect(count).toBeGreaterThan(0);
});
