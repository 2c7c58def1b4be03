import type { TestDatabase } from '@varde/testing';

type Ask = Pick<TestDatabase, 'query'>['query'];

const ours = `nspname !~ '^pg_' and nspname not in ('information_schema', 'public')`;

const lines = async (ask: Ask, sql: string): Promise<string[]> =>
  (await ask<{ line: string }>(`${sql} order by 1`)).map((row) => row.line);

/** Everything that the migrations make, a line each: tables, columns, constraints, indexes, triggers, functions, views. */
export async function schemaLines(ask: Ask): Promise<string[]> {
  const parts = await Promise.all([
    lines(
      ask,
      `select format('column %s.%s %s %s%s default %s %s', nspname, relname, attname, format_type(atttypid, atttypmod),
                     case when attnotnull then ' not null' else '' end, coalesce(pg_get_expr(adbin, adrelid), 'none'), attgenerated) as line
         from pg_attribute join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace
              left join pg_attrdef on adrelid = attrelid and adnum = attnum
        where ${ours} and relkind in ('r', 'v') and attnum > 0 and not attisdropped`,
    ),
    lines(
      ask,
      `select format('constraint %s.%s %s %s', nspname, relname, conname, pg_get_constraintdef(k.oid)) as line
         from pg_constraint k join pg_class c on c.oid = conrelid join pg_namespace n on n.oid = relnamespace where ${ours}`,
    ),
    lines(
      ask,
      `select indexdef as line from pg_indexes where ${ours.replaceAll('nspname', 'schemaname')}`,
    ),
    lines(
      ask,
      `select pg_get_triggerdef(t.oid) as line from pg_trigger t join pg_class c on c.oid = tgrelid
              join pg_namespace n on n.oid = relnamespace where ${ours} and not tgisinternal`,
    ),
    lines(
      ask,
      `select pg_get_functiondef(p.oid) as line from pg_proc p join pg_namespace n on n.oid = pronamespace where ${ours}`,
    ),
    lines(
      ask,
      `select format('view %s.%s %s', schemaname, viewname, definition) as line from pg_views where ${ours.replaceAll('nspname', 'schemaname')}`,
    ),
  ]);
  return parts.flat();
}

// What an owner holds by itself is not a grant. A null list means the default, which for a function is everybody.
const grantsOf = (what: string, name: string, list: string, from: string): string => `
  select format('%s: %s on ${what} %s', coalesce(nullif(pg_get_userbyid(a.grantee), 'unknown (OID=0)'), 'PUBLIC'),
                string_agg(lower(a.privilege_type), ', ' order by a.privilege_type), ${name}) as line
    from ${from}, aclexplode(${list}) a
   where ${ours} and a.grantee <> owner
   group by a.grantee, ${name}`;

/** Who may do what, a line for each role and thing, sorted. */
export async function grantLines(ask: Ask): Promise<string[]> {
  const parts = await Promise.all([
    lines(
      ask,
      grantsOf(
        'schema',
        'nspname',
        `coalesce(nspacl, acldefault('n', nspowner))`,
        '(select *, nspowner as owner from pg_namespace) n',
      ),
    ),
    lines(
      ask,
      grantsOf(
        'table',
        `nspname || '.' || relname`,
        `coalesce(relacl, acldefault('r', relowner))`,
        `(select nspname, relname, relacl, relowner, relowner as owner from pg_class join pg_namespace n on n.oid = relnamespace where relkind in ('r', 'v')) c`,
      ),
    ),
    lines(
      ask,
      `select format('%s: %s (%s) on table %s.%s', pg_get_userbyid(a.grantee), lower(a.privilege_type),
                     string_agg(attname, ', ' order by attnum), nspname, relname) as line
         from pg_attribute join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace, aclexplode(attacl) a
        where ${ours} and attacl is not null and a.grantee <> relowner
        group by a.grantee, a.privilege_type, nspname, relname`,
    ),
    lines(
      ask,
      grantsOf(
        'function',
        `nspname || '.' || proname || '(' || arguments || ')'`,
        `coalesce(proacl, acldefault('f', proowner))`,
        `(select nspname, proname, proacl, proowner, proowner as owner, pg_get_function_identity_arguments(p.oid) as arguments,
                 prorettype from pg_proc p join pg_namespace n on n.oid = pronamespace where prorettype <> 'trigger'::regtype) p`,
      ),
    ),
  ]);
  return parts.flat().sort();
}
