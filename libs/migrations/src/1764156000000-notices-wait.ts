import type { MigrationInterface, QueryRunner } from 'typeorm';

// Why: a provider that is busy turned away whoever is on duty five times in five seconds, and then nobody was told. As with
// deliveries, what was turned away unprocessed uses up no try (invariants §3): the notice waits, until an hour after it was
// written its point is gone. settle_notice() keeps its 'pending' for a courier of the release before.
const up = `
alter table delivery.notice add column handed_back int not null default 0;
create function delivery.put_back_notice(p_id uuid, p_attempt int, p_retry_at timestamptz, p_called boolean) returns boolean
language plpgsql security definer set search_path = delivery, pg_temp as $$
begin
  update notice set state = case when created_at + interval '1 hour' <= platform.clock() then 'failed'
                                 when p_called is not false and attempt - handed_back >= 5 then 'failed' else 'pending' end,
         handed_back = handed_back + case when p_called is false then 1 else 0 end, retry_at = p_retry_at, lease_until = null
   where id = p_id and attempt = p_attempt and state = 'sending';
  return found;
end $$;
revoke execute on function delivery.put_back_notice(uuid, int, timestamptz, boolean) from public;
grant execute on function delivery.put_back_notice(uuid, int, timestamptz, boolean) to varde_courier;`;

const down = `
drop function delivery.put_back_notice(uuid, int, timestamptz, boolean);
alter table delivery.notice drop column handed_back;`;

/** Words to staff that were turned away use up no try. */
export class NoticesWait1764156000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
