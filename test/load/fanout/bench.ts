import { until } from '../../../tools/system/until';
import { startSystem } from '../../../tools/system/system';
import { factsOf } from '../../acceptance/world/global-setup';
import { approveReadyWords, sceneOn, type Scene } from '../../acceptance/world/story';
import { aPhone } from '../../acceptance/world/town';
import { machineOf, spread, type BenchResult, type Machine } from '../figures';
import { cpuBetween, processesOf, usedBy, type Watched } from '../processes';
import { startSink, type Sink } from '../sink/sink';
import { bare, bareWithLedger, naive, prepareRecipients, type Ground } from './baselines';

/** Recipients of one round, of the naive path, and how often each is measured. */
export const fanoutSizes = {
  ci: { recipients: 5_000, naive: 1_000, rounds: 3 },
  full: { recipients: 100_000, naive: 20_000, rounds: 3 },
} as const;

/** Half of the target in the CI form: it catches a cliff, not a slope. @source benchmarks §2, rule 9 */
const targets = { full: { ledger: 0.5, naive: 5 }, ci: { ledger: 0.25, naive: 2.5 } } as const;

/** B2: one incident, many recipients, a sink without a cap: the product beside `bare`, `bare+ledger` and the naive path. */
export async function benchFanout(
  form: 'ci' | 'full',
  report: (line: string) => void,
): Promise<BenchResult> {
  const size = fanoutSizes[form];
  const sink = await startSink();
  const system = await startSystem({
    name: 'b2',
    throwAway: true,
    customers: 0,
    holdSeconds: 0,
    report: () => undefined,
    twilioUrl: sink.url,
  });
  process.env.VARDE_ACCEPTANCE = JSON.stringify(factsOf(system));
  const scene = sceneOn(factsOf(system));
  const ground: Ground = {
    databaseUrl: system.stack.postgres.superuserUrl('varde'),
    redisUrl: system.stack.redis.url,
    sinkUrl: sink.url,
    parallel: 48,
  };
  const rates: Record<'bare' | 'ledger' | 'product' | 'naive', number[]> = {
    bare: [],
    ledger: [],
    product: [],
    naive: [],
  };
  const counts = { lost: 0, doubled: 0 };
  let machine: Machine | undefined;
  const watched = processesOf(system, sink.pid);
  const round = async (
    name: keyof typeof rates,
    recipients: number,
    run: (begin: () => void) => Promise<number>,
  ): Promise<void> => {
    let before = usedBy(watched);
    rates[name].push(await run(() => (before = usedBy(watched)))); // what was prepared is not counted
    report(`  ${name}: ${cpuLine(watched, before, recipients)}`);
  };
  try {
    machine = await machineOf(system.stack);
    await approveReadyWords(scene);
    await productRound(scene, sink, 0, Math.min(2_000, size.recipients), counts); // warm-up
    for (let n = 1; n <= size.rounds; n += 1) {
      const all = size.recipients;
      await round('bare', all, (begin) => baseline(ground, sink, all, bare, begin));
      await round('ledger', all, (begin) => baseline(ground, sink, all, bareWithLedger, begin));
      await round('product', all, (begin) => productRound(scene, sink, n, all, counts, begin));
      await round('naive', size.naive, (begin) => baseline(ground, sink, size.naive, naive, begin));
      report(
        `round ${n}: ${Object.entries(rates)
          .map(([name, list]) => `${name} ${Math.round(list.at(-1) ?? 0)}/s`)
          .join(' · ')}`,
      );
    }
    await round('ledger', size.recipients, (begin) =>
      baseline(ground, sink, size.recipients, bareWithLedger, begin),
    );
  } finally {
    await scene.network.close();
    await system.stop();
    await sink.stop();
  }
  for (const [name, list] of Object.entries(rates)) {
    const { min, median, max } = spread(list);
    report(
      `${name.padEnd(8)} recipients/s: min ${Math.round(min)} · median ${Math.round(median)} · max ${Math.round(max)}`,
    );
  }
  // Each round against the baseline of the same round: what else the machine does changes from one to the next.
  const against = (one: keyof typeof rates, other: keyof typeof rates): number => {
    const { min, median, max } = spread(
      rates[one].map((rate, n) => rate / (rates[other][n] ?? Number.NaN)),
    );
    report(
      `${one} : ${other} min ${min.toFixed(2)} · median ${median.toFixed(2)} · max ${max.toFixed(2)}`,
    );
    return median;
  };
  const ratios = {
    'product : bare': against('product', 'bare'),
    'product : bare+ledger': against('product', 'ledger'),
    'product : naive': against('product', 'naive'),
    // The planted slow way: a target that it meets would show nothing.
    'control, naive : bare+ledger': against('naive', 'ledger'),
  };
  const met =
    ratios['product : bare+ledger'] >= targets[form].ledger &&
    ratios['product : naive'] >= targets[form].naive &&
    ratios['control, naive : bare+ledger'] < targets[form].ledger &&
    counts.lost === 0 &&
    counts.doubled === 0;
  return {
    bench: 'B2',
    met,
    ratios,
    counts: { recipients: size.recipients, ...counts },
    machine: machine ?? {},
  };
}

/** CPU milliseconds per thousand recipients, all processes and each: other work on the machine changes it less than a rate. */
function cpuLine(watched: Watched, before: ReturnType<typeof usedBy>, recipients: number): string {
  const after = usedBy(watched);
  const perThousand = (cpuMs: number): string => ((cpuMs / recipients) * 1_000).toFixed(0);
  const parts = cpuBetween(before, after);
  const all = parts.reduce((sum, [, cpuMs]) => sum + cpuMs, 0);
  return `CPU ms per 1,000 recipients ${perThousand(all)} (${parts
    .map(([name, cpuMs]) => `${name} ${perThousand(cpuMs)}, peak ${after[name]?.peakMiB ?? 0} MiB`)
    .join(' · ')})`;
}

async function baseline(
  ground: Ground,
  sink: Sink,
  recipients: number,
  run: (ground: Ground) => Promise<void>,
  begin: () => void,
): Promise<number> {
  await prepareRecipients(ground, recipients);
  await sink.reset();
  begin();
  await run(ground);
  return rateOf(sink, recipients);
}

async function productRound(
  scene: Scene,
  sink: Sink,
  round: number,
  recipients: number,
  counts: { lost: number; doubled: number },
  begin: () => void = () => undefined,
): Promise<number> {
  const phones = Array.from({ length: recipients }, aPhone);
  const town = await scene.town(phones.map((phone, i) => ({ id: `p${i}`, phone })));
  const incident = await scene.reports({ reference: `B2-${round}`, areas: town.areas });
  const drafts = await scene.drafts(incident.incidentId);
  await sink.reset();
  begin();
  await scene.approved(drafts);
  await until('the last arrival', async () => (await sink.accepted()) >= recipients, 900_000);
  const arrivals = await sink.arrivals();
  const mine = new Set(phones);
  const got = arrivals.filter((one) => mine.has(one.to));
  counts.doubled += got.length - new Set(got.map((one) => one.to)).size;
  counts.lost += recipients - new Set(got.map((one) => one.to)).size;
  return rateOf(sink, recipients);
}

async function rateOf(sink: Sink, recipients: number): Promise<number> {
  const times = (await sink.arrivals()).map((one) => one.at);
  const [first, last] = times.reduce(([low, high], at) => [Math.min(low, at), Math.max(high, at)], [
    Infinity,
    -Infinity,
  ] as [number, number]);
  return recipients / ((last - first) / 1_000);
}
