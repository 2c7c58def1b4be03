import * as fc from 'fast-check';
import { contactRoles, optOutTopics, preferredChannels } from '../import/words';
import type { Occasion } from './snapshot';
import type { IncidentScope } from './hit';
import type { OptOutTopic } from '../import/words';
import type {
  Agreement,
  Area,
  Contact,
  Customer,
  Day,
  NetworkElement,
  Subscription,
  World,
} from './world';

/** The day on which the invented worlds are asked. */
export const worldDay: Day = '2026-11-26';

const days = ['2026-11-24', '2026-11-25', worldDay, '2026-11-27'] as const;
const phones = ['+4790000001', '+4790000002', '+4790000003', '+4790000004'] as const;
const mails = ['a@mail.example', 'b@mail.example', 'c@mail.example'] as const;
const tree: readonly Omit<Area, 'validFrom' | 'validTo'>[] = [
  { code: 'NO', level: 'country', country: 'NO' },
  { code: 'NO-46', parent: 'NO', level: 'county', country: 'NO' },
  { code: 'NO-4601', parent: 'NO-46', level: 'municipality', country: 'NO' },
  { code: 'NO-4627', parent: 'NO-46', level: 'municipality', country: 'NO' },
  { code: 'NO-11', parent: 'NO', level: 'county', country: 'NO' },
  { code: 'NO-1103', parent: 'NO-11', level: 'municipality', country: 'NO' },
  { code: 'SE', level: 'country', country: 'SE' },
  { code: 'SE-M', parent: 'SE', level: 'county', country: 'SE' },
];
const codes = tree.map((area) => area.code);

/** A value half the time; the key is left out otherwise. */
const maybe = <T>(value: fc.Arbitrary<T>, oneIn = 2): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: oneIn - 1 });

const seldom = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const withoutNothing = <T extends object>(row: T): T =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as T;

const services = fc.oneof(fc.constantFrom(15, 16, 7, 511), fc.integer({ min: 1, max: 511 }));

const elements = fc
  .array(
    fc.record({
      above: fc.nat(),
      area: fc.constantFrom(...codes),
      services,
      endedOn: seldom(fc.constantFrom(...days)),
      isRoot: fc.boolean(),
    }),
    {
      minLength: 1,
      maxLength: 7,
    },
  )
  .map((rows) =>
    rows.map(({ above, isRoot, ...row }, at): NetworkElement =>
      withoutNothing({
        ...row,
        id: `e${at}`,
        ...(at > 0 && !isRoot ? { parent: `e${above % at}` } : {}),
      } as NetworkElement),
    ),
  );

const customers = fc
  .array(
    fc.record({
      kind: fc.constantFrom('private' as const, 'business' as const),
      country: fc.constantFrom('NO', 'SE'),
      language: fc.constantFrom('nb', 'nn', 'sv', 'en'),
      society: seldom(fc.constantFrom('hospital', 'power')),
      isExercise: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
      endedOn: seldom(fc.constantFrom(...days)),
    }),
    { minLength: 1, maxLength: 6 },
  )
  // Ids run against the order of the numbers: "the smaller customer id" is a text.
  .map((rows) =>
    rows.map((row, at): Customer => withoutNothing({ ...row, id: `C${9 - at}` } as Customer)),
  );

const subscriptionOf = (world: {
  elements: readonly NetworkElement[];
  customers: readonly Customer[];
}) =>
  fc.record({
    customer: fc.constantFrom(...world.customers.map((one) => one.id)),
    services,
    elements: fc.uniqueArray(fc.constantFrom(...world.elements.map((one) => one.id)), {
      maxLength: 3,
    }),
    area: maybe(fc.constantFrom(...codes)),
    identifier: maybe(fc.constantFrom(...phones)),
    validFrom: seldom(fc.constantFrom(...days)),
    validTo: seldom(fc.constantFrom(...days)),
  });

const contactOf = (world: { customers: readonly Customer[] }) =>
  fc.record({
    customer: fc.constantFrom(...world.customers.map((one) => one.id)),
    role: fc.constantFrom('subscriber' as const, ...contactRoles),
    language: seldom(fc.constantFrom('nb', 'en')),
    channels: fc.oneof(
      fc.constantFrom<Contact['channels'][]>(['sms', 'email'], ['email', 'sms']),
      fc.uniqueArray(fc.constantFrom(...preferredChannels), { maxLength: 4 }),
    ),
    sms: maybe(fc.constantFrom(...phones), 5),
    email: maybe(fc.constantFrom(...mails), 3),
    smsElsewhere: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    optOuts: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...optOutTopics)) },
    ),
    endedOn: seldom(fc.constantFrom(...days)),
  });

const agreementOf = (world: { customers: readonly Customer[] }) =>
  fc.record({
    customer: fc.constantFrom(...world.customers.map((one) => one.id)),
    validFrom: seldom(fc.constantFrom(...days)),
    validTo: seldom(fc.constantFrom(...days)),
    endedOn: seldom(fc.constantFrom(...days)),
  });

/** A small world in which everything that the law knows happens often: shared numbers, ended rows, exercise customers. */
export const aWorld: fc.Arbitrary<World> = fc
  .record({
    areas: fc.tuple(
      ...tree.map((area) =>
        seldom(fc.constantFrom(...days)).map((validTo): Area =>
          withoutNothing({ ...area, validTo } as Area),
        ),
      ),
    ),
    elements,
    customers,
  })
  .chain((base) =>
    fc.record({
      areas: fc.constant(base.areas),
      elements: fc.constant(base.elements),
      customers: fc.constant(base.customers),
      subscriptions: fc
        .array(subscriptionOf(base), { minLength: 1, maxLength: 9 })
        .map((rows) =>
          rows.map((row, at): Subscription =>
            withoutNothing({ ...row, id: `s${at}` } as Subscription),
          ),
        ),
      contacts: fc
        .array(contactOf(base), { minLength: 1, maxLength: 9 })
        .map((rows) =>
          rows.map((row, at): Contact => withoutNothing({ ...row, n: at + 1 } as Contact)),
        ),
      agreements: fc
        .array(agreementOf(base), { maxLength: 2 })
        .map((rows) => rows.map((row): Agreement => withoutNothing(row as Agreement))),
    }),
  );

/** One version of an incident. */
export interface HistoryStep {
  readonly scope: Omit<IncidentScope, 'mode'>;
  readonly occasion: Occasion;
  readonly isSafety: boolean;
}

/** What happens to an incident, and to another one that is merged into it before one of its versions. */
export interface History {
  readonly mode: IncidentScope['mode'];
  readonly topic: OptOutTopic;
  readonly steps: readonly HistoryStep[];
  readonly merged: { readonly steps: readonly HistoryStep[]; readonly before: number } | undefined;
}

const stepIn = (world: World): fc.Arbitrary<HistoryStep> =>
  fc.record({
    scope: fc.record({
      services,
      elements: fc.uniqueArray(fc.constantFrom(...world.elements.map((one) => one.id)), {
        maxLength: 3,
      }),
      areas: fc.oneof(
        { weight: 2, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...codes), { maxLength: 2 }) },
      ),
    }),
    occasion: fc.oneof(
      { weight: 6, arbitrary: fc.constant('hit' as const) },
      { weight: 1, arbitrary: fc.constantFrom('end' as const, 'cancelled' as const) },
    ),
    isSafety: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  });

/** An incident that spreads, shrinks, ends, opens again and swallows another one, over one world. */
export const aHistoryIn = (world: World): fc.Arbitrary<History> =>
  fc.record({
    mode: fc.constantFrom('ACTUAL' as const, 'ACTUAL' as const, 'EXERCISE' as const),
    topic: fc.constantFrom(...optOutTopics),
    steps: fc.array(stepIn(world), { minLength: 1, maxLength: 5 }),
    merged: seldom(
      fc.record({
        steps: fc.array(stepIn(world), { minLength: 1, maxLength: 2 }),
        before: fc.nat({ max: 4 }),
      }),
    ),
  });
