import {
  eventCatalog,
  eventsFor,
  jobCatalog,
  laneChannels,
  laneQueue,
  topicPlans,
  type Context,
  type EventName,
} from '@varde/contracts';
import { assertWired, type FactHandlers } from '@varde/platform-kafka';
import { projects, readText } from './repository';
import { keysWritten, productionFiles, queuesWorked, refusalsIn, wordsSaid } from './source-words';

const facts = Object.entries(eventCatalog) as [EventName, (typeof eventCatalog)[EventName]][];
const contexts = [
  ...new Set(facts.flatMap(([, { owner, consumers }]) => [owner, ...consumers])),
] as Context[];

const union = (sets: readonly ReadonlySet<string>[]): Set<string> =>
  new Set(sets.flatMap((set) => [...set]));
const saidBy = new Map(
  contexts.map((context) => [context, union(productionFiles(`libs/${context}`).map(wordsSaid))]),
);

describe('facts', () => {
  it.each(contexts)('know the context %s by its feature', (context) => {
    expect(projects().map(({ name }) => name)).toContain(`${context}-feature`);
  });

  it.each(facts)('%s is said somewhere in its owner’s sources', (name, { owner }) => {
    expect(saidBy.get(owner)?.has(name)).toBe(true);
  });

  it.each(facts)('%s is said by nobody but its owner', (name, { owner }) => {
    const others = contexts.filter(
      (context) => context !== owner && saidBy.get(context)?.has(name),
    );
    expect(others).toEqual([]);
  });

  it.each(facts)(
    '%s has a listener, is versioned, and goes to its owner’s topic',
    (name, { owner, consumers, topic }) => {
      expect(consumers.length).toBeGreaterThan(0);
      expect(name).toMatch(/^[a-z-]+\.[a-z-]+\.v\d+$/);
      expect(topic).toBe(`${owner}.events`);
      expect(topicPlans.map((plan) => plan.topic)).toContain(topic);
    },
  );

  it.each(contexts)('that are sent to %s have a handler there, and no other has', (context) => {
    const handled = union(productionFiles(`libs/${context}/feature`).map(keysWritten));
    const known = new Set<string>(facts.map(([name]) => name));
    expect([...handled].filter((key) => known.has(key)).sort()).toEqual(
      [...eventsFor(context)].sort(),
    );
  });

  it('stop the program at its start when one has no handler', () => {
    expect(() => assertWired('delivery', {})).toThrow(/no handler for message\.dispatched\.v1/);
  });

  it('stop the program at its start when a handler has no fact', () => {
    const handlers = Object.fromEntries(
      [...eventsFor('delivery'), 'incident.declared.v1'].map((name) => [
        name,
        () => Promise.resolve(),
      ]),
    );
    expect(() => assertWired('delivery', handlers as FactHandlers)).toThrow(
      /a handler for incident\.declared\.v1/,
    );
  });

  it('are consumed for every context that listens', () => {
    const engine = productionFiles('apps/engine').map(readText).join('\n');
    const listening = contexts.filter((context) => eventsFor(context).length > 0);
    for (const context of listening)
      expect([context, new RegExp(`['"]${context}['"]`).test(engine)]).toEqual([context, true]);
    expect(engine).toContain('FactConsumer');
  });
});

describe('jobs', () => {
  const lanes = laneChannels.flatMap((channel) => [0, 1, 2, 3].map((c) => laneQueue(channel, c)));
  const queuesOf = (source: string): string[] => {
    if (source.startsWith('laneQueue(')) return lanes;
    return /^'[^']+'$/.test(source)
      ? [source.slice(1, -1)]
      : [`a queue that nobody can read: ${source}`];
  };

  it('have a worker for every queue, and no worker waits at another', () => {
    const worked = productionFiles('apps').flatMap(queuesWorked).flatMap(queuesOf);
    const wanted = Object.values(jobCatalog).flatMap(({ queues }) => queues as readonly string[]);
    expect([...new Set(worked)].sort()).toEqual([...new Set(wanted)].sort());
  });

  it.each(Object.keys(jobCatalog))('%s is asked for somewhere', (name) => {
    const asked = union(
      productionFiles('libs')
        .filter((file) => !file.startsWith('libs/contracts/'))
        .map(wordsSaid),
    );
    expect(asked.has(name)).toBe(true);
  });

  it('have an id from their data, without a colon, and no data but ids and a range', () => {
    const data = {
      dispatchId: '00000000-0000-4000-8000-000000000001',
      channel: 'sms',
      class: 0,
      chunk: 7,
    } as const;
    expect(jobCatalog['deliver-chunk'].idOf(data)).toBe(
      'deliver.00000000-0000-4000-8000-000000000001.sms-0.7',
    );
    expect(jobCatalog['timer-alarm'].idOf({ timerId: 't' })).toBe('alarm.t');
  });
});

describe('refusals', () => {
  const written = ['libs', 'apps'].flatMap(productionFiles).flatMap(refusalsIn);
  const library = (file: string): string => file.split('/src/')[0] ?? file;

  it('have codes in kebab case that say what was forbidden', () => {
    expect(
      written.map(({ code }) => code).filter((code) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(code)),
    ).toEqual([]);
  });

  it('mean one thing each: a code belongs to one library', () => {
    const homes = new Map<string, Set<string>>();
    // That there is no such thing means the same wherever somebody asks for it.
    const own = written.filter(({ code }) => !code.startsWith('no-such-'));
    for (const { code, file } of own)
      homes.set(code, (homes.get(code) ?? new Set()).add(library(file)));
    const shared = [...homes]
      .filter(([, libraries]) => libraries.size > 1)
      .map(([code, libraries]) => `${code}: ${[...libraries].join(', ')}`);
    expect(shared).toEqual([]);
  });

  it('with a status of their own exist: no word of the table is dead', () => {
    const table = [
      ...readText('libs/platform/http/src/refusal-status.ts').matchAll(
        /^ {2}'?([a-z]+(?:-[a-z]+)*)'?: \d{3},$/gm,
      ),
    ].map(([, code]) => code ?? '');
    expect(table.length).toBeGreaterThan(20);
    const said = union(
      ['libs', 'apps']
        .flatMap(productionFiles)
        .filter((file) => !file.endsWith('/refusal-status.ts'))
        .map(wordsSaid),
    );
    expect(table.filter((code) => !said.has(code))).toEqual([]);
  });
});
