import { randomUUID } from 'node:crypto';
import type { Channel, Channels, OutgoingMessage } from '@varde/delivery-channels';
import type { AddressedChannel, LookUp, Outcome } from '@varde/delivery-domain';
import { instant, type Clock, type Duration, type Instant } from '@varde/kernel';
import type { Database } from '@varde/platform-database';
import { aDatabase, type TestDatabase } from '@varde/testing';
import type { AddressReader, DispatchTexts } from './lanes/ports';

const author = randomUUID();
const approver = randomUUID();
const dispatchSql = `
  insert into communication.message (id, incident_id, mode, safety, created_by, occasion)
    values ('$message', '$incident', 'ACTUAL', false, '${author}', 1);
  insert into communication.message_version (message_id, version, mode, texts, audience, reach, channels, fields, author, send_before)
    values ('$message', 1, 'ACTUAL', '{"nb": {"sms": "words"}}', '{"area": "NO-46"}', 1000, '{sms}', '{}', '${author}',
      platform.clock() + interval '1 hour');
  insert into communication.approval (message_id, version, mode, content_sha256, author, confirmed_reach, approver, expires_at)
    select message_id, version, mode, content_sha256, author, reach, '${approver}', platform.clock() + interval '3 hours'
      from communication.message_version where message_id = '$message';
  insert into communication.dispatch (id, message_id, version, mode, incident_id, approvers_needed, first_approval, started_by, occasion)
    values ('$dispatch', '$message', 1, 'ACTUAL', '$incident', 1, 1, '${author}', 1);`;

/** What the world does to one message, and to one question. */
export interface Behaviour {
  send: (message: OutgoingMessage) => Promise<Outcome>;
  lookUp: (to: string) => Promise<LookUp>;
}

/**
 * Dispatches on a database of its own, as the courier meets them, and a channel that does what a test says. A recipient's address
 * is its number.
 */
export class CourierWorld implements Clock {
  /** How far the courier's clock is ahead of the database's. */
  aheadMs = 0;
  readonly behaviour: Behaviour = {
    send: () => Promise.resolve({ kind: 'accepted', providerRef: 'SM-1' }),
    lookUp: () => Promise.resolve({ kind: 'cannot-tell' }),
  };
  /** Whom the provider was asked about. */
  readonly asked: string[] = [];
  readonly sent: OutgoingMessage[] = [];
  /** Addresses that cannot be read, and dispatches whose texts cannot be loaded. */
  readonly unreadable = new Set<string>();
  private last = 0;

  private constructor(
    readonly test: TestDatabase,
    readonly courier: Database,
    private readonly startedAt: Instant,
  ) {}

  static async start(): Promise<CourierWorld> {
    const test = await aDatabase();
    await test.query(`update delivery.setting set hold_seconds = 0`);
    await test.clock.freeze(await test.clock.now());
    return new CourierWorld(test, await test.database('varde_courier'), await test.clock.now());
  }

  now(): Instant {
    return instant(this.startedAt + this.aheadMs);
  }

  /** Moves the clock of the database, and with it the courier's. */
  async forward(by: Duration): Promise<void> {
    await this.test.clock.forward(by);
    this.aheadMs += by;
  }

  /** A dispatch to so many people of a class; answers its id and theirs. */
  async dispatch(
    recipientClass: number,
    count: number,
    channel: AddressedChannel = 'sms',
  ): Promise<{ id: string; recipients: readonly string[] }> {
    const id = randomUUID();
    const names = { message: randomUUID(), incident: randomUUID(), dispatch: id };
    const sql = Object.entries(names).reduce(
      (text, [name, value]) => text.replaceAll(`$${name}`, value),
      dispatchSql,
    );
    const [first, end] = [this.last + 1, this.last + count];
    this.last = end;
    await this.test.query(`${sql}
      set local session_replication_role = replica; -- their customers do not matter here
      insert into audience.contact_address select n, '${channel}', n::text::bytea, n::text::bytea from generate_series(${first}, ${end}) n;
      set local session_replication_role = origin;
      insert into delivery.recipient select n, ${recipientClass}, false from generate_series(${first}, ${end}) n;
      insert into delivery.delivery (dispatch_id, mode, recipient_id, is_exercise, class, channel, address_hmac)
        select '${id}', 'ACTUAL', n, false, ${recipientClass}, '${channel}', n::text::bytea from generate_series(${first}, ${end}) n;`);
    return { id, recipients: Array.from({ length: count }, (_, n) => String(first + n)) };
  }

  /** A dispatch as above, all of it sent and no end of it known. */
  async ambiguous(
    recipientClass: number,
    count: number,
  ): Promise<{ id: string; recipients: readonly string[] }> {
    const made = await this.dispatch(recipientClass, count);
    await this.becomesAmbiguous(made.id, recipientClass);
    return made;
  }

  /** Claims what waits of a dispatch, and nobody knows how it ended. */
  async becomesAmbiguous(id: string, recipientClass: number): Promise<void> {
    const claim = `select count(*)::int as n from delivery.claim($1, 'sms', $2, 'twilio', 500, 1)`;
    for (let n = 1; n > 0;)
      n = (await this.test.query<{ n: number }>(claim, [id, recipientClass]))[0]?.n ?? 0;
    await this.test.query(
      `select delivery.settle($1, recipient_id, channel, 'ambiguous', null) from delivery.delivery where dispatch_id = $1`,
      [id],
    );
  }

  /** One column of the rows of a dispatch, by recipient. */
  async rows<Value>(id: string, column: string): Promise<readonly Value[]> {
    const rows = await this.test.query<{ value: Value }>(
      `select ${column} as value from delivery.delivery where dispatch_id = $1 order by recipient_id`,
      [id],
    );
    return rows.map((row) => row.value);
  }

  readonly texts: DispatchTexts = {
    load: (dispatchId) =>
      this.unreadable.has(dispatchId)
        ? Promise.reject(new Error('another text than the approved one'))
        : Promise.resolve({
            incidentId: randomUUID(),
            mode: 'ACTUAL',
            sendBefore: this.startedAt + 3_600_000,
            contentFor: () => ({ kind: 'sms', text: 'words' }),
          }),
  };

  readonly addresses: AddressReader = {
    decrypt: (encrypted) => {
      const address = encrypted.toString();
      if (this.unreadable.has(address)) throw new Error('cut off');
      return address;
    },
  };

  readonly channels: Channels = {
    for: (channel) => this.channel(channel),
    close: () => Promise.resolve(),
  };

  private channel(channel: AddressedChannel): Channel {
    return {
      channel,
      provider: channel === 'sms' ? 'twilio' : 'smtp',
      send: (message) => {
        this.sent.push(message);
        return this.behaviour.send(message);
      },
      lookUp: ({ to }) => {
        this.asked.push(to);
        return this.behaviour.lookUp(to);
      },
      close: () => Promise.resolve(),
    };
  }
}
