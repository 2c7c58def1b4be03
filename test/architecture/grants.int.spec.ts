import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contextRoles, programRoles } from '@varde/migrations';
import { aDatabase, type TestDatabase } from '@varde/testing';
import { grantLines } from './catalog';

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase();
});
afterAll(() => database.drop());

const programs = Object.keys(programRoles);

describe('roles', () => {
  it('S-9: no role of ours is a superuser, passes by row security, or makes databases and roles', async () => {
    expect(
      await database.query(
        `select rolname from pg_roles where rolname like 'varde\\_%' and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication)`,
      ),
    ).toEqual([]);
  });

  it('S-9: a program signs in and inherits nothing, a context cannot sign in', async () => {
    const rows = await database.query<{ name: string; signs_in: boolean; inherits: boolean }>(
      `select rolname as name, rolcanlogin as signs_in, rolinherit as inherits from pg_roles where rolname = any ($1) order by 1`,
      [[...programs, ...contextRoles]],
    );
    const wanted = [
      ...programs.map((name) => ({ name, signs_in: true, inherits: false })),
      ...contextRoles.map((name) => ({ name, signs_in: false, inherits: false })),
    ];
    expect(rows).toEqual(wanted.sort((a, b) => (a.name < b.name ? -1 : 1)));
  });

  it('S-9: a program takes the contexts on its list and no other; the courier and the gate take none', async () => {
    const rows = await database.query<{ pair: string }>(
      `select m.rolname || ' ' || r.rolname as pair from pg_auth_members join pg_roles m on m.oid = member join pg_roles r on r.oid = roleid
        where m.rolname = any ($1) order by 1`,
      [[...programs, ...contextRoles]],
    );
    const wanted = Object.entries(programRoles).flatMap(([program, contexts]) =>
      contexts.map((context) => `${program} ${context}`),
    );
    expect(rows.map((row) => row.pair)).toEqual(wanted.sort());
    expect(programRoles.varde_courier).toEqual([]);
    expect(programRoles.varde_gate).toEqual([]);
  });

  it('S-9: everything belongs to the migration role, as which no program signs in', async () => {
    expect(
      await database.query(
        `select distinct pg_get_userbyid(owner) as owner from (
           select relowner as owner from pg_class c join pg_namespace n on n.oid = relnamespace where nspname !~ '^(pg_|information_schema)'
           union select proowner from pg_proc p join pg_namespace n on n.oid = pronamespace where nspname !~ '^(pg_|information_schema)'
           union select nspowner from pg_namespace where nspname !~ '^(pg_|information_schema)') x`,
      ),
    ).toEqual([{ owner: 'varde_migrate' }]);
  });
});

describe('grants', () => {
  // A new table or door is a new line here: that is the review.
  it('S-9: are those of grants.txt, no more and no fewer', async () => {
    const file = readFileSync(join(__dirname, 'grants.txt'), 'utf8');
    expect(await grantLines((sql) => database.query(sql))).toEqual(file.trimEnd().split('\n'));
  });

  it('every function that runs with its owner’s rights pins its search path, temporary tables last', async () => {
    expect(
      await database.query(
        `select p.oid::regprocedure::text as door, proconfig from pg_proc p join pg_namespace n on n.oid = pronamespace
          where nspname !~ '^(pg_|information_schema)' and prosecdef
            and not exists (select from unnest(proconfig) c where c ~ '^search_path=.*, pg_temp$')`,
      ),
    ).toEqual([]);
  });
});

describe('personal data', () => {
  // S-26: the two tables that own addresses.
  const owners = [
    'audience.contact_address.address_encrypted',
    'identity.person_address.address_encrypted',
  ];

  it('S-26: no column holds a number or an address outside the tables that own them', async () => {
    const rows = await database.query<{ name: string }>(
      `select format('%s.%s.%s', table_schema, table_name, column_name) as name from information_schema.columns
        where table_schema !~ '^(pg_|information_schema)'
          and column_name ~ '(phone|msisdn|mobile|e164|mail|address|identifier|recipient_(no|number))' and column_name !~ '_hmac$' order by 1`,
    );
    const names = rows
      .map((row) => row.name)
      .filter((name) => !name.startsWith('audience_public.'));
    expect(names).toEqual(owners);
  });

  it('S-26: what stands for an address elsewhere is a keyed hash, in bytes', async () => {
    expect(
      await database.query(
        `select table_schema, table_name, column_name from information_schema.columns
          where table_schema !~ '^(pg_|information_schema)' and column_name ~ '_(hmac|encrypted)$' and data_type <> 'bytea'`,
      ),
    ).toEqual([]);
  });
});
