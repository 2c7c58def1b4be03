// The rows of the family's other messages to this person, on any channel, or to this address. `$1` dispatch, `$8` family.
const rowsBefore = `
  from delivery.delivery told
  join communication.dispatch d on d.id = told.dispatch_id
  join delivery.fan_out f on f.dispatch_id = d.id
 where (told.recipient_id = m.contact_id or (told.address_hmac = m.address_hmac and told.channel = m.channel))
   and told.dispatch_id <> $1 and d.incident_id = any ($8::uuid[])`;

// What the newest of them was. A row that came to nothing is none, nor is one that this message replaces.
const knowsOfTheStart = `coalesce((
  select f.words <> 'restored' ${rowsBefore}
     and told.state in ('pending', 'sending', 'ambiguous', 'accepted', 'delivered')
     and not exists (select from communication.supersession s join communication.dispatch me on me.message_id = s.message_id
                      where me.id = $1 and s.replaces = d.message_id)
   order by d.dispatched_at desc limit 1), false)`;

const wasTold = `exists (
  select ${rowsBefore} and told.state in ('sending', 'ambiguous', 'accepted', 'delivered'))`;

/**
 * Makes the rows of one piece: first words for whoever does not know of the start yet, however long they have been hit; an
 * update for whoever a message was made for before; the end for whoever was told of the start, or could not be. Asked of the
 * person on every channel, and of the address, which may stand for several people.
 *
 * `$1` dispatch, `$2` mode, `$3` snapshot, `$4` class, `$5` `$6` from and to, `$7` groups, `$8` family.
 *
 * @param words     whose they are: those of `newly-hit` are first words, of `still-hit` an update, of `restored` the end
 * @param hasSpoken without another message nobody has been told, and nothing is asked
 * @source invariants §2.5; DL-2
 */
export const insertRows = (words: string, hasSpoken: boolean): string => `
with made as (
  insert into delivery.delivery (dispatch_id, mode, recipient_id, is_exercise, class, channel, address_hmac, language)
  select $1, $2, m.contact_id, m.is_exercise, m.class, m.channel, m.address_hmac, m.language
    from audience_public.snapshot_member m
   where m.snapshot_id = $3 and m.class = $4 and m.contact_id > $5 and m.contact_id <= $6
     and m.grp = any ($7::text[]) and m.is_exercise = ($2 <> 'ACTUAL')
     and ${conditionOf(words, hasSpoken)}
   order by m.contact_id
  on conflict do nothing
  returning channel)
select channel, count(*) as n from made group by channel`;

function conditionOf(words: string, hasSpoken: boolean): string {
  if (words === 'restored') return `(m.grp <> 'restored' or m.on_recovery or ${wasTold})`;
  if (!hasSpoken) return 'true';
  return words === 'newly-hit' ? `not ${knowsOfTheStart}` : `exists (select ${rowsBefore})`;
}
