import { hours, parseInstant, type Instant } from '@varde/kernel';
import { InstallationClock } from '@varde/platform-time';
import { aDatabase, type TestDatabase } from './index';

let one: TestDatabase;
beforeAll(async () => {
  one = await aDatabase();
});
afterAll(() => one.drop());

const noon = parseInstant('2026-11-22T12:00:00Z') as Instant;

describe('a test database', () => {
  it('is migrated, is a sandbox, and belongs to the migration role', async () => {
    expect(await one.query('select kind, sample_world from platform.installation')).toEqual([
      { kind: 'sandbox', sample_world: false },
    ]);
    expect(
      await one.query(
        `select pg_get_userbyid(datdba) as owner from pg_database where datname = $1`,
        [one.name],
      ),
    ).toEqual([{ owner: 'varde_migrate' }]);
  });

  it('lets a program sign in under its own role and take a context’s for one unit of work', async () => {
    const database = await one.database('varde_api');
    const who = await database.unitOfWork('varde_communication', (tx) =>
      tx.query('select session_user::text as program, current_user::text as context'),
    );
    expect(who).toEqual([{ program: 'varde_api', context: 'varde_communication' }]);
  });

  it('is another one for every caller', async () => {
    const other = await aDatabase();
    try {
      await other.query(
        `insert into platform.handled_event (consumer, event_id) values ('test', 'one')`,
      );
      expect(await one.query('select event_id from platform.handled_event')).toEqual([]);
    } finally {
      await other.drop();
    }
  });

  it('stands still at an instant, and moves on from there', async () => {
    await one.clock.freeze(noon);
    expect(await one.clock.now()).toBe(noon);
    await one.clock.forward(hours(2));
    expect(await one.clock.now()).toBe(noon + hours(2));
    await one.clock.release();
  });

  it('moves the clock of a program too, and waits until its due work is done', async () => {
    const done: number[] = [];
    const program = await InstallationClock.follow(one.urlFor('varde_engine'), 'engine', () => {
      done.push(program.now());
      return Promise.resolve();
    });
    await one.clock.freeze(noon);
    await one.clock.forward(hours(2));
    expect(done).toEqual([noon, noon + hours(2)]);
    await program.close();
    await one.clock.release();
  });

  it('is followed again when PostgreSQL has cut the connection, with the moves that were missed', async () => {
    const program = await InstallationClock.follow(one.urlFor('varde_engine'), 'engine', () =>
      Promise.resolve(),
    );
    await one.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'engine-clock'`,
    );
    await one.clock.freeze(noon);
    expect(program.now()).toBe(noon);
    await program.close();
    await one.clock.release();
  });

  it('is emptied of everything but what the migrations brought, append-only rows too', async () => {
    await one.query(
      `insert into communication.fact_sheet (incident_id, version, facts) values (gen_random_uuid(), 1, '{}')`,
    );
    await one.empty();
    expect(await one.query('select version from communication.fact_sheet')).toEqual([]);
    expect(await one.query('select epoch from delivery.site')).toEqual([{ epoch: '1' }]);
  });
});
