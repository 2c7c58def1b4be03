import { contactColumns, contactNeedsCountry, readContact } from '@varde/audience-domain';
import type { AddressCipher } from '@varde/platform-secrets';
import { rejectUnknownCustomers } from './customer-check';
import type { ImportPlan, OnConflict, Stage } from './import-plan';
import { rowGrammar, sealed, understanding } from './row-grammar';
import { CsvSource } from './row-source';

/** `contacts.csv` → `audience.contact` and `audience.contact_address`, encrypted before they leave the program. */
export function contactsPlan(file: string, cipher: AddressCipher): ImportPlan {
  const source = new CsvSource(contactColumns, file);
  return {
    what: 'contacts',
    source,
    fields: [
      ['customer_id', 'text'],
      ['name', 'text'],
      ['language', 'text'],
      ['role', 'text'],
      ['sms_encrypted', 'bytea'],
      ['sms_hmac', 'bytea'],
      ['email_encrypted', 'bytea'],
      ['email_hmac', 'bytea'],
      ['sms_operator', 'text'],
      ['channels', 'text[]'],
      ['quiet_from', 'time'],
      ['quiet_to', 'time'],
      ['opt_outs', 'text[]'],
    ],
    needsCountryOf(raw) {
      const cells = source.cellsOf(raw);
      return contactNeedsCountry(cells) ? cells('customer_id') : undefined;
    },
    stage(raw, country) {
      const cells = source.cellsOf(raw);
      const { row, problems } = readContact(cells, rowGrammar, country);
      if (!row) return { id: cells('contact_id'), problems };
      const values = [
        ...[row.customerId, row.name, row.language, row.role],
        ...sealed(cipher, row.sms),
        ...sealed(cipher, row.email),
        ...[
          row.smsOperator,
          listValue(row.channels),
          row.quietFrom,
          row.quietTo,
          listValue(row.optOuts),
        ],
      ];
      const understood = understanding(cells('sms'), country, row.sms);
      return {
        id: row.contactId,
        problems,
        values,
        ...(understood === undefined ? {} : { understood }),
      };
    },
    check: checkContacts,
    write: writeContacts,
    ending: {
      from: 'audience.contact t join audience.customer c on c.n = t.customer_n',
      idColumn: 'contact_id',
      isStanding: 't.ended_on is null',
      update: `update audience.contact t set ended_on = audience.day_in(c.country)
        from import_ended x, audience.customer c where t.contact_id = x.id and c.n = t.customer_n`,
    },
  };
}

const own = 'name, language, role, sms_operator, channels, quiet_from, quiet_to, opt_outs';
const of = (alias: string): string => own.replace(/\w+/g, (name) => `${alias}.${name}`);

// Words of closed lists: none of them needs quoting.
const listValue = (words: readonly string[]): string => `{${words.join(',')}}`;

/** What is new or differs, with its number and its customer's: everything after this touches these rows only. */
async function checkContacts(stage: Stage): Promise<void> {
  await stage.run(`
    create temp table due_contacts on commit drop as
    select s.line, s.id, coalesce(t.n, nextval('audience.contact_n_seq')) as n, t.n is not null as is_known, c.n as customer_n,
           ${of('s')}, s.sms_encrypted, s.sms_hmac, s.email_encrypted, s.email_hmac
      from :stage s
      left join audience.customer c on c.customer_id = s.customer_id and c.ended_on is null
      left join audience.contact t on t.contact_id = s.id
      left join audience.contact_address sms on sms.contact_n = t.n and sms.channel = 'sms'
      left join audience.contact_address email on email.contact_n = t.n and email.channel = 'email'
     where not s.rejected and (t.n is null or c.n is null or t.ended_on is not null
       or (t.customer_n, ${of('t')}) is distinct from (c.n, ${of('s')})
       or sms.address_hmac is distinct from s.sms_hmac or email.address_hmac is distinct from s.email_hmac)`);
  await rejectUnknownCustomers(stage, 'due_contacts');
}

async function writeContacts(stage: Stage, onConflict: OnConflict): Promise<number> {
  const changed = await stage.run(`
    insert into audience.contact (n, contact_id, customer_n, ${own}) overriding system value
    select n, id, customer_n, ${own} from due_contacts
    ${onConflict(`on conflict (contact_id)
      do update set (customer_n, ${own}) = (excluded.customer_n, ${of('excluded')}), ended_on = null`)}`);
  await stage.run(`
    delete from audience.contact_address a using due_contacts d
     where d.is_known and a.contact_n = d.n
       and case a.channel when 'sms' then d.sms_hmac is null else d.email_hmac is null end`);
  await stage.run(`
    insert into audience.contact_address (contact_n, channel, address_encrypted, address_hmac)
    select d.n, a.channel, a.encrypted, a.hmac from due_contacts d
     cross join lateral (values ('sms', d.sms_encrypted, d.sms_hmac), ('email', d.email_encrypted, d.email_hmac))
       as a(channel, encrypted, hmac)
     where a.hmac is not null
    ${onConflict(`on conflict (contact_n, channel) do update
       set address_encrypted = excluded.address_encrypted, address_hmac = excluded.address_hmac
     where contact_address.address_hmac <> excluded.address_hmac`)}`);
  await stage.run('drop table due_contacts');
  return changed;
}
