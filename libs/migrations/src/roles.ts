/**
 * The database roles of Varde (S-9). Contexts cannot sign in: a program signs in under its own role and takes a context's
 * role for one unit of work, so a join across schemas is refused. No program is an owner or a superuser.
 *
 * @source `architecture.md` §8, `security.md` S-9
 */
export const contextRoles = [
  'varde_identity',
  'varde_incident',
  'varde_audience',
  'varde_communication',
  'varde_delivery',
] as const;

/** A context's role, taken by `set local role` for one unit of work. */
export type ContextRole = (typeof contextRoles)[number];

/** Roles that sign in, and which context roles each of them may take. The courier and the gate take none. */
export const programRoles = {
  varde_migrate: [],
  varde_api: [
    'varde_identity',
    'varde_incident',
    'varde_audience',
    'varde_communication',
    'varde_delivery',
  ],
  varde_engine: ['varde_incident', 'varde_audience', 'varde_communication', 'varde_delivery'],
  varde_courier: [],
  varde_gate: [],
  varde_import: ['varde_audience', 'varde_identity', 'varde_incident'],
  varde_reporting: [],
  varde_retention: [],
} as const satisfies Record<string, readonly ContextRole[]>;

/** The role under which a program, or a person in the machine room, signs in. */
export type ProgramRole = keyof typeof programRoles;

/**
 * SQL that makes the roles where they are missing. Run by a superuser once per server, before the first migration:
 * roles belong to the server, not to a database. Running it again changes nothing.
 */
export function rolesSql(): string {
  const make = (name: string, options: string): string =>
    `if not exists (select from pg_roles where rolname = '${name}') then create role ${name} ${options}; end if;`;
  const lines = [
    ...contextRoles.map((role) => make(role, 'nologin noinherit')),
    ...Object.keys(programRoles).map((role) => make(role, 'login noinherit')),
    ...Object.entries(programRoles).flatMap(([program, contexts]) =>
      contexts.map((context) => `grant ${context} to ${program};`),
    ),
    // A claim that idles holds the shared gate lock and so delays a halt: it is thrown out (guards, grants).
    `alter role varde_courier set idle_in_transaction_session_timeout = '5s';`,
    `alter role varde_engine set idle_in_transaction_session_timeout = '60s';`,
    `alter role varde_api set idle_in_transaction_session_timeout = '30s';`,
    `alter role varde_api set statement_timeout = '30s';`,
  ];
  return `do $roles$ begin\n  perform pg_advisory_xact_lock(4700);\n  ${lines.join('\n  ')}\nend $roles$;`;
}
