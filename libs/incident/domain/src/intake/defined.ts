/** A type whose members may be absent, but are never `undefined`. */
export type Defined<Members> = {
  readonly [Name in keyof Members]?: Exclude<Members[Name], undefined>;
};

/** The members that have a value: what an event does not say is absent in what we make of it. */
export function defined<Members extends Readonly<Record<string, unknown>>>(
  members: Members,
): Defined<Members> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Defined<Members>;
}
