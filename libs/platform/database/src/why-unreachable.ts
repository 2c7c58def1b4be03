/**
 * Why a program could not get at its database: what, where, what to do, in one sentence without the password.
 *
 * @param url  the address that was tried
 * @source PostgreSQL, appendix A: SQLSTATE
 */
export function whyUnreachable(url: string, cause: unknown): string {
  const { host, pathname, username } = new URL(url);
  const place = { server: host, database: pathname.slice(1), role: decodeURIComponent(username) };
  const { code } = (cause ?? {}) as { code?: unknown };
  const sentence = typeof code === 'string' ? sentences.get(code) : undefined;
  return sentence?.(place) ?? `PostgreSQL does not answer at ${host}${pathname}. Is it running?`;
}

interface Place {
  readonly server: string;
  readonly database: string;
  readonly role: string;
}

const sentences: ReadonlyMap<string, (place: Place) => string> = new Map([
  [
    '28P01',
    ({ server, role }) =>
      `PostgreSQL at ${server} does not take the password of the role ${role}: compare the one in the address with the one that the role was given.`,
  ],
  [
    '28000',
    ({ server, database, role }) =>
      `PostgreSQL at ${server} lets nobody sign in as ${role} to ${database}: make the role, let it log in, or let this machine in (pg_hba.conf).`,
  ],
  [
    '3D000',
    ({ server, database }) =>
      `PostgreSQL at ${server} has no database ${database}: correct the address, or create the database and run "varde db migrate".`,
  ],
  [
    '53300',
    ({ server, database }) =>
      `PostgreSQL at ${server} has no connection left for ${database}: end what nobody needs (pg_stat_activity says whose they are), or raise max_connections.`,
  ],
  [
    '57P03',
    ({ server }) =>
      `PostgreSQL at ${server} is starting up or shutting down: wait until it takes connections, and start again.`,
  ],
]);
