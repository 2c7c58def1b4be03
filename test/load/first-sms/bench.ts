import { Kafka, logLevel } from 'kafkajs';
import { Pool } from 'undici';
import { until } from '../../../tools/system/until';
import { anOutageReport } from '../../../tools/system/outage-report';
import { startSystem, type System } from '../../../tools/system/system';
import { factsOf } from '../../acceptance/world/global-setup';
import { approveReadyWords, sceneOn, type Scene } from '../../acceptance/world/story';
import { aPhone, type Town } from '../../acceptance/world/town';
import { machine, quantile, type BenchResult } from '../figures';
import { monotonic, startSink, type Sink } from '../sink/sink';

/** Events in all, customers in all, and rounds of each side. */
export const firstSmsSizes = {
  ci: { events: 30, perEvent: 660, rounds: 3 },
  full: { events: 300, perEvent: 1_000, rounds: 3 },
} as const;
const criticalPerEvent = 10;
const everyMs = 200;
const quartersPerTown = 10;

/** B1: produce acknowledged → first SMS at the sink, beside a bare consume → POST in the same run. */
export async function benchFirstSms(
  form: 'ci' | 'full',
  report: (line: string) => void,
): Promise<BenchResult> {
  const size = firstSmsSizes[form];
  const sink = await startSink();
  const system = await startSystem({
    name: 'b1',
    throwAway: true,
    customers: 0,
    holdSeconds: 30,
    report: () => undefined,
    twilioUrl: sink.url,
  });
  process.env.VARDE_ACCEPTANCE = JSON.stringify(factsOf(system));
  const scene = sceneOn(factsOf(system));
  const lateness: { bare: number[]; product: number[] } = { bare: [], product: [] };
  let lost = 0;
  try {
    await approveReadyWords(scene);
    const places = await buildPlaces(scene, size.events + 1, size.perEvent);
    const bareSide = await openBare(system, sink);
    await bareSide.round(3);
    await productRound(scene, sink, places.slice(-1), 'WARM');
    const perRound = size.events / size.rounds;
    for (let round = 0; round < size.rounds; round += 1) {
      lateness.bare.push(...(await bareSide.round(perRound)));
      const found = await productRound(
        scene,
        sink,
        places.slice(round * perRound, (round + 1) * perRound),
        `R${round}`,
      );
      lost += perRound - found.length;
      lateness.product.push(...found);
      report(
        `round ${round + 1}: bare p50 ${quantile(lateness.bare, 0.5).toFixed(1)} ms · product p50 ${quantile(lateness.product, 0.5).toFixed(1)} ms`,
      );
    }
    await bareSide.close();
  } finally {
    await scene.network.close();
    await system.stop();
    await sink.stop();
  }
  const p50 = { bare: quantile(lateness.bare, 0.5), product: quantile(lateness.product, 0.5) };
  const p99 = quantile(lateness.product, 0.99);
  report(
    `bare p50 ${p50.bare.toFixed(1)} ms · product p50 ${p50.product.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (of ${lateness.product.length} events: with so few the p99 is the maximum), lost ${lost}`,
  );
  const allowance = form === 'ci' ? 2 : 1;
  const met = p50.product <= p50.bare + 100 * allowance && p99 <= 500 * allowance && lost === 0;
  return {
    bench: 'B1',
    met,
    ratios: {
      'product p50 : bare p50': p50.product / p50.bare,
      'product p50 − bare p50, ms': p50.product - p50.bare,
      'product p99, ms': p99,
    },
    counts: { events: size.events, lost, doubled: 0 },
    machine: machine(),
  };
}

interface Place {
  readonly area: string;
  readonly critical: ReadonlySet<string>;
}

async function buildPlaces(scene: Scene, events: number, perEvent: number): Promise<Place[]> {
  const places: Place[] = [];
  while (places.length < events) {
    const quarters = Math.min(quartersPerTown, events - places.length);
    const phones = Array.from({ length: quarters }, () =>
      Array.from({ length: criticalPerEvent }, aPhone),
    );
    const town: Town = await scene.town(
      phones.flatMap((critical, quarter) => [
        ...critical.map((phone, i) => ({
          id: `c${quarter}-${i}`,
          kind: 'business' as const,
          society: 'hospital' as const,
          phone,
          quarter,
        })),
        ...Array.from({ length: perEvent - criticalPerEvent }, (_, i) => ({
          id: `p${quarter}-${i}`,
          phone: aPhone(),
          quarter,
        })),
      ]),
      quarters,
    );
    places.push(...town.areas.map((area, i) => ({ area, critical: new Set(phones[i]) })));
  }
  return places;
}

async function productRound(
  scene: Scene,
  sink: Sink,
  places: readonly Place[],
  name: string,
): Promise<number[]> {
  await sink.reset();
  const acknowledged: number[] = [];
  for (const [i, place] of places.entries()) {
    await scene.network.reports(
      anOutageReport({ reference: `B1-${name}-${i}`, areas: [place.area] }, scene.clock.now()),
    );
    acknowledged.push(monotonic());
    await new Promise((go) => setTimeout(go, everyMs));
  }
  const wanted = places.length * criticalPerEvent;
  await until('the first words', async () => (await sink.accepted()) >= wanted, 60_000).catch(
    () => undefined,
  );
  const arrivals = await sink.arrivals();
  return places.flatMap((place, i) => {
    const first = arrivals
      .filter((one) => place.critical.has(one.to))
      .map((one) => one.at)
      .sort((one, other) => one - other)[0];
    return first === undefined ? [] : [first - (acknowledged[i] ?? 0)];
  });
}

/** The bare way: a consumer that posts what it reads. */
async function openBare(
  system: System,
  sink: Sink,
): Promise<{ round(events: number): Promise<number[]>; close(): Promise<void> }> {
  const kafka = new Kafka({
    clientId: 'bare',
    brokers: [...system.stack.kafka.brokers],
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({
    waitForLeaders: true,
    topics: [{ topic: 'bench.bare', numPartitions: 1 }],
  });
  await admin.disconnect();
  const pool = new Pool(sink.url, { connections: 8 });
  const consumer = kafka.consumer({ groupId: 'bench.bare', maxWaitTimeInMs: 250 });
  const producer = kafka.producer();
  await Promise.all([consumer.connect(), producer.connect()]);
  await consumer.subscribe({ topics: ['bench.bare'], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      const form = new URLSearchParams({ To: message.key?.toString() ?? '', Body: 'bare' });
      await (
        await pool.request({
          method: 'POST',
          path: '/',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: form.toString(),
        })
      ).body.dump();
    },
  });
  let sent = 0;
  return {
    round: async (events) => {
      await sink.reset();
      const acknowledged = new Map<string, number>();
      for (let i = 0; i < events; i += 1) {
        const key = `bare-${(sent += 1)}`;
        await producer.send({ topic: 'bench.bare', acks: -1, messages: [{ key, value: 'event' }] });
        acknowledged.set(key, monotonic());
        await new Promise((go) => setTimeout(go, everyMs));
      }
      await until('the bare arrivals', async () => (await sink.accepted()) >= events);
      return (await sink.arrivals()).map((one) => one.at - (acknowledged.get(one.to) ?? 0));
    },
    close: async () => {
      await Promise.all([consumer.disconnect(), producer.disconnect(), pool.close()]);
    },
  };
}
