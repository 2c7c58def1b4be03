import { fieldTypes } from '@varde/communication-domain';
import { aDatabase, type TestDatabase } from '@varde/testing';

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase();
});
afterAll(() => database.drop());

describe('the closed types of facts', () => {
  it('A-6: are the same in the database as in the domain, letter by letter', async () => {
    const names = Object.keys(fieldTypes);
    const rows = await database.query<{ name: string; pattern: string }>(
      `select name, communication.field_pattern(name) as pattern from unnest($1::text[]) name`,
      [names],
    );
    expect(Object.fromEntries(rows.map((row) => [row.name, row.pattern]))).toEqual(fieldTypes);
  });

  it('A-6: are no others in the database', async () => {
    const [row] = await database.query<{ source: string }>(
      `select prosrc as source from pg_proc where oid = 'communication.field_pattern(text)'::regprocedure`,
    );
    const named = [...(row?.source ?? '').matchAll(/when '([^']+)'/g)].map(([, name]) => name);
    expect(named.sort()).toEqual(Object.keys(fieldTypes).sort());
  });

  it('A-6: an unknown type, and no type, hold nothing', async () => {
    const [row] = await database.query(
      `select communication.fields_fit('{"x": "1"}', '{"x": "prose"}') as unknown,
              communication.fields_fit('{"x": "1"}', '{"x": null}') as none,
              communication.fields_fit('{"x": "1"}', '{"x": "number"}') as number,
              communication.fields_fit('{}', '{"x?": "number"}') as optional`,
    );
    expect(row).toEqual({ unknown: false, none: false, number: true, optional: true });
  });
});
