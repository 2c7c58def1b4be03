import { Client } from 'pg';
import { aDatabase, type TestDatabase } from '@varde/testing';
import { oneApprover, sumOfAnHour, twoApprovers } from './approval.cases';
import type { Step } from './attack';
import { applicationRole } from './attack-role';
import { automatic } from './automatic.cases';
import { courier, exerciseAndRows, lanes } from './delivery.cases';
import { enrolment, notices, receipts } from './doors.cases';
import { haltAndRelease, hold, replacedByAnotherMessage, supersededAndExpired } from './gate.cases';
import { runAttacks } from './run-attacks';

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await aDatabase();
  await database.query(recipients);
  client = new Client({ connectionString: database.superuserUrl });
  await client.connect();
  await client.query(applicationRole);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const recipients = `
insert into delivery.recipient select n, 3, false from generate_series(1, 1000) n;
insert into delivery.recipient select n, 3, true from generate_series(2001, 2010) n;
insert into delivery.recipient values (3000, 0, false), (3001, 1, false), (3002, 2, false);
insert into delivery.recipient select n, 1, false from generate_series(4001, 4060) n;
update delivery.setting set hold_seconds = 0;`;

// One after another on one database: a later chapter works on with what an earlier one has left.
const chapters: readonly (readonly [law: string, steps: readonly Step[]])[] = [
  ['A-1, A-2, A-3, A-4, A-12: nothing goes without the approval of another person', oneApprover],
  ['A-1: two approvers where two are needed', twoApprovers],
  ['A-1: a crowd split over several messages does not escape the second approver', sumOfAnHour],
  ['A-6: the fast path carries no free text, and a policy fires once per occasion', automatic],
  ['A-8, A-9: an exercise reaches no real person, no audience grows by itself', exerciseAndRows],
  ['DL-1, DL-3: the courier moves rows through its doors alone', courier],
  ['DL-9: one claim takes so much and no more, a row is tried five times', lanes],
  ['DL-7: one person halts, two release', haltAndRelease],
  ['DL-5, DL-6: nothing older, nothing late', supersededAndExpired],
  ['DL-5: nothing of a message that another one replaces', replacedByAnotherMessage],
  ['UX-06: lanes that are not critical wait, with a visible stop', hold],
  ['DL-3, DL-4, S-11: a receipt moves its own row, and only forward', receipts],
  ['A-8: recipients come from the audience’s snapshot alone', enrolment],
  ['intent before effect holds for words to the staff too', notices],
];

describe('the attack list, in raw SQL under each role', () => {
  it.each(chapters)('%s', async (_law, steps) => {
    expect(await runAttacks(client, steps)).toEqual([]);
  });

  it('has not become shorter', () => {
    const attacks = chapters
      .flatMap(([, steps]) => steps)
      .filter((step) => step.kind !== 'arranged');
    expect(attacks.length).toBe(451);
  });
});
