import type { MigrationInterface, QueryRunner } from 'typeorm';

// Why: the command line halts under the gate's own role, with no API between, so until now a person whose right had been taken
// away could still halt by it. The gate may ask this one question and see nothing else of the store of rights (S-7, ADR 0013).
const up = `
create function identity.holds_one_of(p_person uuid, p_roles text[]) returns boolean
language sql stable security definer set search_path = identity, pg_temp as $$
  select exists (select from person_role r where r.person_id = p_person and r.role = any (p_roles)) $$;
revoke execute on function identity.holds_one_of(uuid, text[]) from public;
grant usage on schema identity to varde_gate;
grant execute on function identity.holds_one_of(uuid, text[]) to varde_gate;
`;

const down = `
revoke usage on schema identity from varde_gate;
drop function identity.holds_one_of(uuid, text[]);
`;

/** The gate asks whether somebody holds the right to halt. */
export class HaltByRight1764157000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
