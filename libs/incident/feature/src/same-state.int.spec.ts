import fc from 'fast-check';
import { aDatabase, type TestDatabase } from '@varde/testing';
import type { Database } from '@varde/platform-database';
import {
  alarmRecord,
  at,
  elements,
  IncidentWorld,
  reportRecord,
  type AlarmWord,
} from './incident-world.fixture';

/** How many permutations, in the forms of `test/fault/sizes.ts`. */
const byForm: Readonly<Record<string, number>> = { ci: 25, nightly: 10_000, weekly: 100_000 };
const permutations = Number(
  process.env['VARDE_PERMUTATIONS'] ?? byForm[process.env['VARDE_FAULT_FORM'] ?? 'ci'],
);

type Word =
  | { readonly kind: 'alarm'; readonly word: AlarmWord }
  | {
      readonly kind: 'report';
      readonly body: Parameters<typeof reportRecord>[0];
      readonly minute: number;
    };

const severities = ['critical', 'major', 'minor', 'warning'] as const;

// One alarm's life: it begins, may change, may clear, may flap. Minutes grow with the sequence.
const alarmLife = (id: string): fc.Arbitrary<Word[]> =>
  fc
    .record({
      element: fc.constantFrom(...elements.map((element) => element.elementId), 'site/NO/unknown'),
      began: fc.integer({ min: 0, max: 30 }),
      severities: fc.array(fc.constantFrom(...severities), { minLength: 3, maxLength: 3 }),
      steps: fc.constantFrom(
        ['raised'],
        ['raised', 'changed'],
        ['raised', 'cleared'],
        ['raised', 'changed', 'cleared'],
        ['changed'],
        ['raised', 'cleared', 'raised'],
      ),
      pause: fc.integer({ min: 1, max: 5 }),
      correlated: fc.constantFrom<readonly string[]>([], [], [], ['a0']),
    })
    .map((life) =>
      life.steps.map((says, i) => ({
        kind: 'alarm' as const,
        word: {
          id,
          says: says,
          element: life.element,
          correlated: life.correlated,
          sequence: i + 1,
          minute: life.began + i * life.pause,
          began: life.began,
          severity: life.severities[i] ?? 'major',
        },
      })),
    );

const reportLife: fc.Arbitrary<Word[]> = fc.oneof(
  fc.constant<Word[]>([]),
  fc
    .record({
      scope: fc.constantFrom(
        { elements: ['site/NO/1'] },
        { elements: [], areas: ['NO-46'] },
        { elements: [], areas: ['NO'] },
        { elements: ['core/NO/1'] },
      ),
      alarms: fc.constantFrom([], ['a0'], ['a1', 'a2']),
      minute: fc.integer({ min: 0, max: 30 }),
      actions: fc.constantFrom(
        ['raise'],
        ['raise', 'update'],
        ['raise', 'update', 'update'],
        ['raise', 'cancel'],
        ['raise', 'resolve'],
        ['raise', 'resolve', 'update'],
      ),
    })
    .map(({ scope, alarms, minute, actions }): Word[] =>
      actions.map((action, i) => ({
        kind: 'report' as const,
        minute,
        body: { reference: 'NOC-1', sequence: i + 1, action, alarms, note: `n${i}`, ...scope },
      })),
    ),
);

const story = fc
  .tuple(
    fc
      .integer({ min: 1, max: 4 })
      .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => alarmLife(`a${i}`)))),
    reportLife,
  )
  // What a person cancelled stays cancelled, but nothing that comes late cancels what is open and was never judged: with more
  // than one alarm the two differ on purpose.
  .filter(
    ([lives, reports]) =>
      lives.length === 1 ||
      !reports.some((word) => word.kind === 'report' && word.body['action'] === 'cancel'),
  )
  .map(([lives, reports]) => [...lives.flat(), ...reports])
  .chain((words) =>
    fc.record({
      words: fc.constant(words),
      shuffled: fc
        .shuffledSubarray(words, { minLength: words.length })
        .chain((all) =>
          fc
            .array(fc.constantFrom(...words), { maxLength: 3 })
            .map((repeats) => [...all, ...repeats]),
        ),
    }),
  );

describe('the same state', () => {
  let looking: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    looking = await aDatabase();
    database = await looking.database('varde_engine');
  });
  afterAll(() => looking.drop());

  async function stateAfter(words: readonly Word[]): Promise<unknown> {
    await looking.empty();
    const world = await IncidentWorld.on(looking, database);
    let offset = 0;
    for (const word of words) {
      offset += 1;
      // All of it is read at one moment, an hour into the night: only what the events say tells them apart.
      const record =
        word.kind === 'alarm'
          ? alarmRecord(word.word, String(offset))
          : reportRecord(word.body, word.minute, String(offset));
      await world.take({ ...record, receivedAt: at(60) });
    }
    while ((await world.sweep(240)) > 0);
    expect(world.errors).toEqual([]);
    return {
      alarms: await world.alarms(),
      open: (await world.openIncidents()).map(whatGoesOn).sort(),
    };
  }

  it(
    'I-3: any permutation with repeats gives the same alarms and the same open incidents',
    async () => {
      await fc.assert(
        fc.asyncProperty(story, async ({ words, shuffled }) => {
          const inOrder = [...words].sort((a, b) => minuteOf(a) - minuteOf(b));
          expect(await stateAfter(shuffled)).toEqual(await stateAfter(inOrder));
        }),
        { numRuns: permutations },
      );
    },
    permutations * 5_000,
  );
});

// The same trouble is open, told by its active alarms. Whose word stands beside it may differ: a desk that resolves what an alarm far
// from it was still to be tied to, is heard before or after that tie.
const whatGoesOn = (incident: string): string => incident.split(' ')[1] ?? incident;

const minuteOf = (word: Word): number => (word.kind === 'alarm' ? word.word.minute : word.minute);
