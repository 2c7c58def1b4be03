import type { OutgoingRecord } from '@varde/platform-kafka';
import type { DeadLetterReason } from './dead-letter.repository';

/** Where the specs publish dead letters. */
export const letterTopic = 'network.dead-letters';

/** A record that nobody can take, made from a good one. */
export interface Poison {
  readonly name: string;
  readonly reason: DeadLetterReason;
  readonly spoil: (good: OutgoingRecord) => OutgoingRecord;
}

const withValue =
  (value: Buffer | null) =>
  (good: OutgoingRecord): OutgoingRecord => ({ ...good, value });

const tenMegabytes = Buffer.alloc(10 * 1024 * 1024, 0x20);

/** The table of I-4, as far as the record itself is the poison. */
export const poisons: readonly Poison[] = [
  { name: 'bad JSON', reason: 'encoding-invalid', spoil: withValue(Buffer.from('{"event": {')) },
  {
    name: 'bad UTF-8',
    reason: 'encoding-invalid',
    spoil: withValue(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
  },
  { name: 'wrong schema', reason: 'schema-invalid', spoil: withValue(Buffer.from('{"event": 7}')) },
  { name: 'null value', reason: 'value-missing', spoil: withValue(null) },
  { name: 'ten megabytes', reason: 'too-large', spoil: withValue(tenMegabytes) },
  {
    name: 'the next version',
    reason: 'type-unknown',
    spoil: (good) => ({
      ...good,
      headers: { ...good.headers, ce_type: 'org.tmforum.tmf642.AlarmCreateEvent.v5' },
    }),
  },
];

/** A handler of ours that throws on one alarm: the database refuses its row for a reason that no table of refusals knows. */
export const throwingSql = {
  plant: `alter table incident.alarm add constraint planted check (alarm_id <> 'poison')`,
  cure: `alter table incident.alarm drop constraint planted`,
};

/** A handler of ours that hangs on one alarm: its statement does not come back within an hour. */
export const hangingSql = {
  plant: `
    create function incident.planted() returns trigger language plpgsql as $$
    begin
      if new.alarm_id = 'poison' then perform pg_sleep(3600); end if;
      return new;
    end $$;
    create trigger planted before insert on incident.alarm for each row execute function incident.planted()`,
  cure: `drop trigger planted on incident.alarm; drop function incident.planted()`,
};
