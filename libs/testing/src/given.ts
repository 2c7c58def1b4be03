import { Refusal, type Instant, type RefusalFacts } from '@varde/kernel';

/** A decision of a domain: what was asked, what is so, what time it is. */
export type Decide<Command, State, Result> = (
  command: Command,
  state: State,
  now: Instant,
) => Result;

/** What is expected of a decision. */
export interface Then<Result> {
  /** The decision is exactly this. */
  then(expected: Result): void;
  /** The decision is a refusal of this code, and of these facts where they matter. */
  thenRefused(code: string, facts?: RefusalFacts): void;
}

/**
 * A test of a decision in three words.
 *
 * @example given(message).when(approve, { by: author }, noon).thenRefused('approver-is-author')
 * @source  `style.md` §10
 */
export function given<State>(state: State): {
  when<Command, Result>(
    decide: Decide<Command, State, Result>,
    command: Command,
    now: Instant,
  ): Then<Result>;
} {
  return {
    when: (decide, command, now) => ({
      then: (expected) => expect(decide(command, state, now)).toEqual(expected),
      thenRefused(code, facts) {
        const refusal = refusalOf(() => decide(command, state, now));
        expect(refusal.code).toBe(code);
        if (facts) expect(refusal.facts).toEqual(facts);
      },
    }),
  };
}

function refusalOf(decision: () => unknown): Refusal {
  let answer: unknown;
  try {
    answer = decision();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error(`Expected a refusal, but the decision was: ${JSON.stringify(answer)}`);
}
