import type { Pool } from 'pg';
import { testServers } from './test-servers';

// Append-only triggers refuse a delete to the owner too. Only a superuser's session can step aside from them, and only here.
const emptySql = `
do $empty$
declare t record; filled boolean;
begin
  set local session_replication_role = replica;
  for t in select n.nspname as s, c.relname as r from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema$)'
              and not format('%s.%s', n.nspname, c.relname) = any (:seeded) loop
    execute format('select exists (select from %I.%I)', t.s, t.r) into filled;
    if filled then execute format('delete from %I.%I', t.s, t.r); end if;
  end loop;
end $empty$`;

/** Empties all tables, in one round trip, but those that the migrations fill. Sequences run on. */
export async function emptyTables(pool: Pool): Promise<void> {
  const seeded = testServers()
    .seededTables.map((name) => `'${name}'`)
    .join(', ');
  await pool.query(emptySql.replace(':seeded', () => `array[${seeded}]::text[]`));
}
