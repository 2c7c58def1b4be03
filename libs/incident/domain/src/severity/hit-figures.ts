/** Who is hit, in figures, as the audience resolved them. The same shape as the contract's. @source invariants §2.5 */
export interface HitFigures {
  readonly subscriptions: number;
  readonly customers: number;
  /** Societally critical customers whose first element is hit. */
  readonly class0Out: number;
  readonly class0Partly: number;
  /** SLA business customers. */
  readonly class1: number;
  /** Codes of counties that are hit whole. */
  readonly wholeCounties: readonly string[];
}
