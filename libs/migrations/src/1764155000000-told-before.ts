import type { MigrationInterface, QueryRunner } from 'typeorm';

// Why: whoever has their service back before the word that it is down has left must not hear it afterwards, and never the end
// (invariants §2.5). Their waiting rows are outlived by the message that tells the others of the end. And the fan-out asks which
// messages a new one replaces: what is replaced does not count as told. Whether a message is first words, an update or the end is
// kept with it: its readers' groups do not say it (first words go to whoever was missed before, too).
const words = `case when 'restored' = any (groups) then 'restored' when 'newly-hit' = any (groups) then 'newly-hit' else 'still-hit' end`;
const up = `
alter table communication.draft add column words text;
update communication.draft set words = ${words};
alter table communication.draft alter column words set not null,
  add constraint words_of_a_group check (words in ('newly-hit', 'still-hit', 'restored'));
alter table delivery.fan_out add column words text;
update delivery.fan_out set words = ${words};
alter table delivery.fan_out alter column words set not null;

create function delivery.outlive(p_dispatch uuid, p_snapshot uuid, p_incidents uuid[], p_class int, p_after bigint, p_upto bigint)
returns int language plpgsql security definer set search_path = delivery, communication, audience_public, pg_temp as $$
declare n int;
begin
  with back as (
    select m.contact_id, m.channel, m.address_hmac from snapshot_member m
     where m.snapshot_id = p_snapshot and m.class = p_class and m.contact_id > p_after and m.contact_id <= p_upto
       and m.grp = 'restored'),
  waiting as (
    select y.ctid as place from delivery y join dispatch d on d.id = y.dispatch_id
     where y.state = 'pending' and d.incident_id = any (p_incidents)
       and y.dispatch_id <> p_dispatch and d.dispatched_at <= (select x.dispatched_at from dispatch x where x.id = p_dispatch)
       and (y.recipient_id in (select b.contact_id from back b)
            or (y.address_hmac, y.channel) in (select b.address_hmac, b.channel from back b))
       for update of y)
  update delivery y set state = 'superseded' from waiting w where y.ctid = w.place;
  get diagnostics n = row_count;
  return n;
end $$;
revoke execute on function delivery.outlive(uuid, uuid, uuid[], int, bigint, bigint) from public;
grant execute on function delivery.outlive(uuid, uuid, uuid[], int, bigint, bigint) to varde_delivery;
grant select on communication.supersession to varde_delivery;`;

const down = `
alter table delivery.fan_out drop column words;
alter table communication.draft drop column words;
revoke select on communication.supersession from varde_delivery;
drop function delivery.outlive(uuid, uuid, uuid[], int, bigint, bigint);`;

/** Waiting rows of people whose service is back are outlived by the message of the end. */
export class ToldBefore1764155000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
