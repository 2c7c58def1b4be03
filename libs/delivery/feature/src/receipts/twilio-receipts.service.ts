import { isSignedByTwilio } from '@varde/delivery-channels';
import { reasonOfReceipt, stateOfReceipt } from '@varde/delivery-domain';
import { isUuid, Refusal } from '@varde/kernel';
import type { Database } from '@varde/platform-database';
import type { Log } from '@varde/platform-observability';

/** A status callback as it came in. */
export interface TwilioCallback {
  /** The path and query under which it was called. */
  readonly path: string;
  readonly signature: string | undefined;
  readonly parameters: Readonly<Record<string, string | string[]>>;
  /** The body as it came in where it is JSON. */
  readonly json?: string | undefined;
  readonly ref: string;
}

/** With what a callback is checked. */
export interface ReceiptTrust {
  /** Public address of the courier: from configuration, never from headers. */
  readonly publicUrl: string;
  readonly accountSid: string;
  /** The token, and during a rotation the one before. */
  readonly tokens: readonly string[];
}

interface Recorded {
  readonly became: 'applied' | 'kept' | 'unknown';
  /** Why the receipt is not this intent's, whoever signed it; null where it is. */
  readonly foreign: 'another-provider' | 'another-message' | null;
}

// The id of a message is known to be another's only while its intent is the row's one and only: a second try has one of its own.
const record = `
  with own as (
    select case when a.provider <> 'twilio' then 'another-provider'
                when a.attempt = 1 and d.attempt = 1 and d.provider_ref <> $2 then 'another-message' end as foreign
      from delivery.attempt a join delivery.delivery d using (dispatch_id, recipient_id, channel) where a.ref = $1)
  select delivery.record_receipt($1, 'twilio', $2, $3, $4, case when own.foreign is null then $5 end) as became, own.foreign
    from (select 1) one left join own on true`;

/**
 * Takes a provider's receipt: signed over our exact public address, of our account, for one intent. It moves that row alone, and
 * only forward; whatever comes twice, late or out of order is kept and changes nothing. One that names nobody's intent, or the
 * intent of another message or provider, is kept, moves nothing and stands in the log.
 *
 * @source S-10, S-11; DL-3, DL-4; standards §4.3
 */
export class TwilioReceipts {
  constructor(
    private readonly database: Database,
    private readonly trust: ReceiptTrust,
    private readonly log: Log,
  ) {}

  /**
   * @returns what became of it
   * @throws Refusal `signature-wrong`, `provider-account-unknown`, `ref-unknown-form`
   */
  async take(callback: TwilioCallback): Promise<Recorded['became']> {
    const url = this.trust.publicUrl.replace(/\/$/, '') + callback.path;
    const isSigned = isSignedByTwilio({ ...callback, url }, this.trust.tokens);
    // The provider shows our answer to its customer: that is us. The settings' names are in the repository, their values are not.
    if (!isSigned)
      throw new Refusal(
        'signature-wrong',
        'The signature does not fit this address and these parameters. If the receipt is ours, compare VARDE_CALLBACK_URL with the address that the provider calls, letter for letter, and VARDE_TWILIO_AUTH_TOKEN with the account’s present token.',
      );
    const text = (name: string): string => String(callback.parameters[name] ?? '');
    if (text('AccountSid') !== this.trust.accountSid)
      throw new Refusal('provider-account-unknown', 'This account does not send for us.');
    if (!isUuid(callback.ref))
      throw new Refusal('ref-unknown-form', 'This is not the id of a delivery of ours.');
    const status = text('MessageStatus') || text('SmsStatus');
    const state = stateOfReceipt(status) ?? null;
    const code = text('ErrorCode');
    const [row] = await this.database.transaction((tx) =>
      tx.query<Recorded>(record, [
        callback.ref,
        text('MessageSid') || null,
        status || 'none',
        state === 'failed' ? reasonOfReceipt(code || undefined) : code || null,
        state,
      ]),
    );
    const { became, foreign } = row ?? { became: 'kept', foreign: null };
    const reason = became === 'unknown' ? 'unknown-intent' : foreign;
    if (reason !== null)
      this.log.warn('receipt.ignored', { provider: 'twilio', ref: callback.ref, reason });
    return became;
  }
}
