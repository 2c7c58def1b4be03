import type { MigrationInterface, QueryRunner } from 'typeorm';

// Why: when nobody answers, the pre-approved holding text is offered (invariants §2.4). Two alarms may ring for one incident, so a
// row says that it was made: once. To write it, the place that its text names is kept with the audience it was resolved for.
const up = `
alter table communication.audience_seen add column named_areas text[] not null default '{}';

create table communication.holding_text (
  incident_id uuid primary key,
  because text not null check (because in ('approval-unanswered', 'first-statement-due')),
  offered_at timestamptz not null default platform.clock());
create trigger append_only before update or delete on communication.holding_text for each row execute function communication.deny();
create trigger append_only_all before truncate on communication.holding_text for each statement execute function communication.deny();
grant select, insert on communication.holding_text to varde_communication;
`;

const down = `
drop table communication.holding_text;
alter table communication.audience_seen drop column named_areas;
`;

/** That an incident's holding text was made, and why. */
export class HoldingText1764144600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
