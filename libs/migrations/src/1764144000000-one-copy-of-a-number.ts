import type { MigrationInterface, QueryRunner } from 'typeorm';

// Why: nobody reads the encrypted number or circuit of a subscription. "Is this SMS through the fault?" (DL-14) compares keyed
// fingerprints, and a caller's number is found by its fingerprint too. What nobody reads is not kept (S-26, GDPR Art. 5(1)(c)).
const up = `alter table audience.subscription drop column identifier_encrypted;
comment on column audience.subscription.identifier_hmac is
  'keyed fingerprint of the number or circuit, in the same normal form and under the same key as an address';`;

// The numbers come back with the next import; until then the column is empty, as it was for a subscription without one.
const down = `comment on column audience.subscription.identifier_hmac is null;
alter table audience.subscription add column identifier_encrypted bytea;`;

/** A subscription keeps a fingerprint of its number, not the number. */
export class OneCopyOfANumber1764144000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
