/** Which part of an update somebody belongs to. The audience context publishes the same words. @source invariants §2.5 */
export type Group = 'newly-hit' | 'still-hit' | 'restored';
