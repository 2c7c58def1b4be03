import type { Inhabitant } from '../../acceptance/world/town';

// Counted in memory: a spec file has a system of its own, and a crowd of a million must not cost a file access each.
let lastPhone = 91_000_000;

/** So many people of one kind, each with a telephone of their own. The numbers are invented. */
export const crowd = (
  kind: string,
  count: number,
  more: Partial<Inhabitant> = {},
): readonly (Inhabitant & { readonly phone: string })[] =>
  Array.from({ length: count }, (_, i) => {
    lastPhone += 1;
    return { id: `${kind}${i}`, phone: `+47${lastPhone}`, ...more };
  });
