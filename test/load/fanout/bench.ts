import { until } from '../../../tools/quickstart/until';
import { startSystem } from '../../../tools/system/system';
import { factsOf } from '../../acceptance/world/global-setup';
import { approveReadyWords, sceneOn, type Scene } from '../../acceptance/world/story';
import { aPhone } from '../../acceptance/world/town';
import { machine, spread, type BenchResult } from '../figures';
import { startSink, type Sink } from '../sink/sink';
import { bare, bareWithLedger, naive, prepareRecipients, type Ground } from './baselines';

/** Recipients of one round, of the naive path, and how often each is measured. */
export const fanoutSizes = {
  ci: { recipients: 5_000, naive: 1_000, rounds: 2 },
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
  try {
    await approveReadyWords(scene);
    await productRound(scene, sink, 0, Math.min(2_000, size.recipients), counts); // warm-up
    for (let round = 1; round <= size.rounds; round += 1) {
      rates.bare.push(await baseline(ground, sink, size.recipients, bare));
      rates.ledger.push(await baseline(ground, sink, size.recipients, bareWithLedger));
      rates.product.push(await productRound(scene, sink, round, size.recipients, counts));
      rates.naive.push(await baseline(ground, sink, size.naive, naive));
      report(
        `round ${round}: ${Object.entries(rates)
          .map(([name, list]) => `${name} ${Math.round(list.at(-1) ?? 0)}/s`)
          .join(' · ')}`,
      );
    }
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
  const middle = (name: keyof typeof rates): number => spread(rates[name]).median;
  const ratios = {
    'product : bare': middle('product') / middle('bare'),
    'product : bare+ledger': middle('product') / middle('ledger'),
    'product : naive': middle('product') / middle('naive'),
  };
  const met =
    ratios['product : bare+ledger'] >= targets[form].ledger &&
    ratios['product : naive'] >= targets[form].naive &&
    counts.lost === 0 &&
    counts.doubled === 0;
  return {
    bench: 'B2',
    met,
    ratios,
    counts: { recipients: size.recipients, ...counts },
    machine: machine(),
  };
}

async function baseline(
  ground: Ground,
  sink: Sink,
  recipients: number,
  run: (ground: Ground) => Promise<void>,
): Promise<number> {
  await prepareRecipients(ground, recipients);
  await sink.reset();
  await run(ground);
  return rateOf(sink, recipients);
}

async function productRound(
  scene: Scene,
  sink: Sink,
  round: number,
  recipients: number,
  counts: { lost: number; doubled: number },
): Promise<number> {
  const phones = Array.from({ length: recipients }, aPhone);
  const town = await scene.town(phones.map((phone, i) => ({ id: `p${i}`, phone })));
  const incident = await scene.reports({ reference: `B2-${round}`, areas: town.areas });
  const drafts = await scene.drafts(incident.incidentId);
  await sink.reset();
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
