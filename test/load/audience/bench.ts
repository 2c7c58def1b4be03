import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { migrate, rolesSql } from '@varde/migrations';
import { countAudience, resolveAudience } from '@varde/audience-feature';
import type { IncidentFacts } from '@varde/contracts';
import type { Tx } from '@varde/platform-database';
import { anOutage } from './facts';
import { plainCount, plainSnapshot, plainTables } from './plain.sql';
import { compare, timed, type Comparison } from './rounds';
import { cellCount, worldSql } from './world.sql';

/** How the benchmark runs. */
export interface AudienceBenchOptions {
  /** The small form: 100,000 customers and half the target. @source benchmarks §2, rule 9 */
  readonly ci: boolean;
  readonly customers?: number;
  /** Address of a PostgreSQL as superuser, with a path of \`/postgres\`. */
  readonly superuserUrl: string;
  readonly report: (line: string) => void;
}

/** One figure with its target. */
export interface AudienceFigure {
  readonly name: string;
  readonly comparison: Comparison;
  readonly target: number;
  readonly met: boolean;
}

/** What B4 answers. @source benchmarks §4, B4 */
export interface AudienceBenchResult {
  readonly bench: 'B4';
  readonly met: boolean;
  readonly customers: number;
  readonly figures: readonly AudienceFigure[];
  /** Members of the snapshot against those of the baseline: what one has and the other has not. */
  readonly counts: { readonly lost: number; readonly doubled: number; readonly unexpected: number };
}

const rounds = 3;
const services = ['mobile-voice', 'mobile-data'] as const;

/** Runs B4 on a database of its own, which is dropped in the end. */
export async function benchAudience(options: AudienceBenchOptions): Promise<AudienceBenchResult> {
  const customers = options.customers ?? (options.ci ? 100_000 : 1_000_000);
  const name = `varde_b4_${process.pid}`;
  const superuser = await clientOf(options.superuserUrl, 'postgres', 'postgres');
  try {
    await superuser.query(rolesSql());
    await superuser.query(`create database ${name} owner varde_migrate`);
    return await measured(options, customers, name);
  } finally {
    await superuser.query(`drop database if exists ${name} with (force)`);
    await superuser.end();
  }
}

async function measured(
  options: AudienceBenchOptions,
  customers: number,
  name: string,
): Promise<AudienceBenchResult> {
  const owner = await clientOf(options.superuserUrl, 'postgres', name);
  const engine = await clientOf(options.superuserUrl, 'varde_engine', name);
  try {
    await owner.query('alter schema public owner to varde_migrate');
    await migrate({
      url: urlOf(options.superuserUrl, 'varde_migrate', name),
      kind: 'sandbox',
      name,
    });
    options.report(`B4: ${customers} customers are made …`);
    for (const statement of [...worldSql(customers), plainTables]) await owner.query(statement);
    const bench = new Bench(owner, engine, options);
    const figures: AudienceFigure[] = [];
    const scopes = scopesOf(customers, options.ci);
    for (const scope of scopes) figures.push(...(await bench.run(scope)));
    const isControlSlow = await bench.plantedSlowPathMisses(scopes[1] as Scope);
    return {
      bench: 'B4',
      met: figures.every((figure) => figure.met) && bench.wrong === 0 && isControlSlow,
      customers,
      figures,
      counts: { lost: bench.lost, doubled: bench.doubled, unexpected: bench.unexpected },
    };
  } finally {
    await engine.end();
    await owner.end();
  }
}

interface Scope {
  readonly name: string;
  readonly elements: readonly string[];
  readonly areas: readonly string[];
  /** Too few people for a ratio to say anything about the work: shown, not judged. */
  readonly isShownOnly?: boolean;
}

const scopesOf = (customers: number, ci: boolean): Scope[] => {
  const cells = cellCount(customers);
  const share = Math.max(1, Math.round(cells * 0.015));
  return [
    { name: 'one cell', elements: ['cell/7'], areas: [], isShownOnly: true },
    {
      name: `${share} cells`,
      elements: Array.from({ length: share }, (_, at) => `cell/${1 + at * 61}`),
      areas: [],
    },
    ...(ci
      ? [{ name: 'a tenth', elements: ['region/0', 'region/1', 'region/2'], areas: [] }]
      : [
          { name: 'a third', elements: ['core/1'], areas: [] },
          { name: 'all', elements: [], areas: ['NO'] },
        ]),
  ];
};

class Bench {
  lost = 0;
  doubled = 0;
  unexpected = 0;

  constructor(
    private readonly owner: Client,
    private readonly engine: Client,
    private readonly options: AudienceBenchOptions,
  ) {}

  get wrong(): number {
    return this.lost + this.doubled + this.unexpected;
  }

  async run(scope: Scope): Promise<AudienceFigure[]> {
    const byArea = scope.areas.length > 0;
    const places = [3, [...scope.elements], [...scope.areas]];
    const count = await compare(
      this.options.ci ? rounds : 5,
      () => this.inTransaction((tx) => tx.query(plainCount(byArea), places)),
      () => this.inTransaction((tx) => countAudience(tx, this.incident(scope))),
    );
    const plain = (): Promise<number> =>
      this.inTransaction(
        (tx) => tx.query(plainSnapshot(byArea), [...places, randomUUID()]),
        'plain.member',
      );
    const snapshot = await compare(rounds, plain, () => this.snapshot(scope));
    const delta = await compare(
      rounds,
      () => this.snapshot(scope),
      () => this.delta(scope),
    );
    await this.compareMembers(scope, byArea, places);
    return [
      this.figure(scope, 'count ÷ plain count(*)', count, 1.3),
      this.figure(scope, 'snapshot ÷ plain INSERT … SELECT', snapshot, 1 / 0.8),
      this.figure(scope, 'delta ÷ snapshot', delta, 1.5),
    ];
  }

  /** The negative control: the same members written one statement each must miss the target. @source benchmarks §2, rule 11 */
  async plantedSlowPathMisses(scope: Scope): Promise<boolean> {
    const places = [3, [...scope.elements], [...scope.areas]];
    const plain = await this.inTransaction((tx) =>
      tx.query(plainSnapshot(false), [...places, randomUUID()]),
    );
    const { rows } = await this.owner.query<Record<string, unknown>>('select * from plain.member');
    await this.clear();
    const oneByOne = await this.inTransaction(async (tx) => {
      for (const row of rows) {
        const names = Object.keys(row);
        const values = names.map((_name, at) => `$${at + 1}`).join(', ');
        await tx.query(
          `insert into plain.member (${names.join(', ')}) values (${values})`,
          Object.values(row),
        );
      }
    }, 'plain.member');
    const missed = oneByOne / plain > 1 / 0.8;
    this.options.report(
      `B4 negative control, a statement per member: ratio ${(oneByOne / plain).toFixed(2)}, ${missed ? 'misses as it must' : 'MEETS THE TARGET: this benchmark measures nothing'}`,
    );
    return missed;
  }

  private figure(
    scope: Scope,
    what: string,
    comparison: Comparison,
    target: number,
  ): AudienceFigure {
    const allowed = this.options.ci ? target * 2 : target;
    const met = scope.isShownOnly === true || comparison.ratio.median <= allowed;
    const name = `${scope.name}: ${what}`;
    const ms = ({ min, median, max }: Comparison['ratio'], digits = 0): string =>
      `${min.toFixed(digits)}/${median.toFixed(digits)}/${max.toFixed(digits)}`;
    this.options.report(
      `B4 ${name}: ratio ${ms(comparison.ratio, 2)} (≤ ${allowed.toFixed(2)}${scope.isShownOnly ? ', shown only' : met ? ', met' : ', MISSED'}); ` +
        `${ms(comparison.productMs)} ms beside ${ms(comparison.baselineMs)} ms (min/median/max)`,
    );
    return { name, comparison, target: allowed, met };
  }

  private snapshot(scope: Scope): Promise<number> {
    const incident = this.incident(scope);
    return this.inTransaction(
      (tx) => resolveAudience(tx, { incident, occasion: 'hit', changed: [] }),
      'audience.snapshot_member',
    );
  }

  /** The second version of an incident whose first one hit the same people. */
  private async delta(scope: Scope): Promise<number> {
    const incident = this.incident(scope);
    await this.inTransaction((tx) =>
      resolveAudience(tx, { incident, occasion: 'hit', changed: [] }),
    );
    return this.inTransaction(
      (tx) =>
        resolveAudience(tx, {
          incident: { ...incident, version: 2 },
          occasion: 'hit',
          changed: [],
        }),
      'audience.snapshot_member',
    );
  }

  /** The same addresses as the baseline, each once. */
  private async compareMembers(
    scope: Scope,
    byArea: boolean,
    places: readonly unknown[],
  ): Promise<void> {
    await this.inTransaction((tx) => tx.query(plainSnapshot(byArea), [...places, randomUUID()]));
    const incident = this.incident(scope);
    await this.inTransaction((tx) =>
      resolveAudience(tx, { incident, occasion: 'hit', changed: [] }),
    );
    const { rows } = await this.owner.query<{ lost: number; doubled: number; unexpected: number }>(
      `select count(*) filter (where ours is null)::int as lost, count(*) filter (where ours > 1)::int as doubled,
              count(*) filter (where plain is null)::int as unexpected
         from (select channel, address_hmac, count(*) as ours from audience.snapshot_member group by 1, 2) o
         full join (select channel, address_hmac, count(*) as plain from plain.member group by 1, 2) p using (channel, address_hmac)`,
    );
    this.lost += rows[0]?.lost ?? 0;
    this.doubled += rows[0]?.doubled ?? 0;
    this.unexpected += rows[0]?.unexpected ?? 0;
    await this.clear();
  }

  /** Milliseconds from begin to commit. \`then\` names the table that fills up: it is emptied outside of the measurement. */
  private async inTransaction(work: (tx: Tx) => Promise<unknown>, fills?: string): Promise<number> {
    const ms = await timed(async () => {
      await this.engine.query('begin');
      await this.engine.query('set local role varde_audience');
      await this.engine.query(
        "set local jit = off; set local random_page_cost = 1.1; set local work_mem = '64MB'",
      );
      await work(txOf(this.engine));
      await this.engine.query('commit');
    });
    if (fills) await this.clear();
    return ms;
  }

  private async clear(): Promise<void> {
    await this.owner.query(`set session_replication_role = replica`);
    await this.owner.query(
      `truncate audience.snapshot, audience.snapshot_member, audience.snapshot_merged, audience.snapshot_carried,
         audience.snapshot_unreachable, plain.member`,
    );
    await this.owner.query(`set session_replication_role = default`);
  }

  private incident(scope: Scope): IncidentFacts {
    return anOutage({
      incidentId: randomUUID(),
      services: [...services],
      elements: [...scope.elements],
      areas: [...scope.areas],
    });
  }
}

const txOf = (client: Client): Tx => ({
  query: async <Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> => {
    const answer = await client.query(sql, values.length > 0 ? [...values] : undefined);
    return (Array.isArray(answer) ? [] : answer.rows) as Row[];
  },
  get manager(): never {
    throw new Error('A resolution has no rows of single aggregates.');
  },
  afterCommit: () => undefined,
});

function urlOf(superuserUrl: string, role: string, database: string): string {
  const url = new URL(superuserUrl);
  url.username = role;
  url.pathname = `/${database}`;
  return url.href;
}

async function clientOf(superuserUrl: string, role: string, database: string): Promise<Client> {
  const client = new Client({ connectionString: urlOf(superuserUrl, role, database) });
  await client.connect();
  return client;
}
