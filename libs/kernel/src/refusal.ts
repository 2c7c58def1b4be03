/** Facts that explain a refusal. Ids, counts, words of closed lists; never personal data. */
export type RefusalFacts = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/**
 * Our law says no. Thrown by a domain function, or translated from a constraint of the database that says the same.
 * Never retried; a person reads `message`, a program reads `code`.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    /** What was forbidden, in kebab case: `approver-is-author`. */
    readonly code: string,
    /** What is so, in one plain sentence that says what to do. */
    message: string,
    readonly facts: RefusalFacts = {},
    /** The field of the request at fault, where there is one. */
    readonly field?: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
