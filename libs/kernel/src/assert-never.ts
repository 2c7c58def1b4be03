/** Ends an exhaustive `switch`: the compiler shows a member that nobody considered; at run time it is a bug. */
export function assertNever(value: never): never {
  throw new Error(`Not considered: ${JSON.stringify(value)}`);
}
