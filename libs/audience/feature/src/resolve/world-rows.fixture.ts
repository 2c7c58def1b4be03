import type { World } from '@varde/audience-domain/testing';

/** Runs one statement as the superuser of a test database. */
export type RunSql = (sql: string, values?: readonly unknown[]) => Promise<unknown>;

/** In the invented worlds of tests an address is its own keyed hash. */
export const hashOf = (address: string): string => `\\x${Buffer.from(address).toString('hex')}`;

/** Writes the registers of a pure world as rows, for tests. Contacts keep their numbers. */
export async function storeWorld(run: RunSql, world: World): Promise<void> {
  const fill = (sql: string, rows: readonly object[]): Promise<unknown> =>
    rows.length === 0 ? Promise.resolve() : run(sql, [JSON.stringify(rows)]);
  await fill(
    `insert into audience.area (code, parent, level, country, names, valid_from, valid_to)
     select r.code, r.parent, r.level, r.country, '{}', r."validFrom", r."validTo"
       from jsonb_to_recordset($1::jsonb) as r(code text, parent text, level text, country text, "validFrom" date, "validTo" date)`,
    world.areas,
  );
  for (const element of world.elements) {
    await fill(
      `insert into audience.element (element_id, kind, parent_n, area, services, ended_on)
       select r.id, 'cell', (select n from audience.element where element_id = r.parent), r.area, r.services, r."endedOn"
         from jsonb_to_recordset($1::jsonb) as r(id text, parent text, area text, services int, "endedOn" date)`,
      [element],
    );
  }
  await fill(
    `insert into audience.customer (customer_id, kind, country, language, society, is_exercise, ended_on)
     select r.id, r.kind, r.country, r.language, r.society, r."isExercise", r."endedOn"
       from jsonb_to_recordset($1::jsonb)
         as r(id text, kind text, country text, language text, society text, "isExercise" boolean, "endedOn" date)`,
    world.customers,
  );
  await fill(
    `insert into audience.subscription (subscription_id, customer_n, services, area, identifier_hmac, valid_from, valid_to)
     select r.id, c.n, r.services, r.area, r.identifier::bytea, r."validFrom", r."validTo"
       from jsonb_to_recordset($1::jsonb)
         as r(id text, customer text, services int, area text, identifier text, "validFrom" date, "validTo" date)
       join audience.customer c on c.customer_id = r.customer`,
    world.subscriptions.map(({ identifier, ...row }) => ({
      ...row,
      identifier: identifier && hashOf(identifier),
    })),
  );
  await fill(
    `insert into audience.subscription_element (subscription_n, ordinal, element_n)
     select s.n, r.ordinal, e.n from jsonb_to_recordset($1::jsonb) as r(id text, ordinal int, element text)
       join audience.subscription s on s.subscription_id = r.id join audience.element e on e.element_id = r.element`,
    world.subscriptions.flatMap(({ id, elements }) =>
      elements.map((element, at) => ({ id, ordinal: at + 1, element })),
    ),
  );
  await storeContacts(fill, world);
  await fill(
    `insert into audience.agreement (agreement_id, customer_n, level, support_hours, valid_from, valid_to, ended_on)
     select 'a' || r.n, c.n, 'gold', 'always', r."validFrom", r."validTo", r."endedOn"
       from jsonb_to_recordset($1::jsonb) as r(n int, customer text, "validFrom" date, "validTo" date, "endedOn" date)
       join audience.customer c on c.customer_id = r.customer`,
    world.agreements.map((row, n) => ({ ...row, n })),
  );
}

async function storeContacts(
  fill: (sql: string, rows: readonly object[]) => Promise<unknown>,
  world: World,
): Promise<void> {
  await fill(
    `insert into audience.contact (n, contact_id, customer_n, language, role, channels, sms_operator, opt_outs, ended_on)
     overriding system value
     select r.n, 'k' || r.n, c.n, r.language, r.role, array(select jsonb_array_elements_text(r.channels)),
            case when r."smsElsewhere" then 'other' else 'own' end, array(select jsonb_array_elements_text(r."optOuts")), r."endedOn"
       from jsonb_to_recordset($1::jsonb)
         as r(n bigint, customer text, language text, role text, channels jsonb, "smsElsewhere" boolean, "optOuts" jsonb, "endedOn" date)
       join audience.customer c on c.customer_id = r.customer`,
    world.contacts,
  );
  await fill(
    `insert into audience.contact_address (contact_n, channel, address_encrypted, address_hmac)
     select r.n, r.channel, '\\x00', r.address::bytea
       from jsonb_to_recordset($1::jsonb) as r(n bigint, channel text, address text)`,
    world.contacts.flatMap((contact) =>
      (['sms', 'email'] as const).flatMap((channel) => {
        const address = contact[channel];
        return address === undefined ? [] : [{ n: contact.n, channel, address: hashOf(address) }];
      }),
    ),
  );
}
