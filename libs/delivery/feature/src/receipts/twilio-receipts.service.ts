import { isSignedByTwilio } from '@varde/delivery-channels';
import { reasonOfReceipt, stateOfReceipt } from '@varde/delivery-domain';
import { isUuid, Refusal } from '@varde/kernel';
import type { Database } from '@varde/platform-database';

/** A status callback as it came in. */
export interface TwilioCallback {
  /** The path and query under which it was called. */
  readonly path: string;
  readonly signature: string | undefined;
  readonly parameters: Readonly<Record<string, string | string[]>>;
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

/**
 * Takes a provider's receipt: signed over our exact public address, of our account, for one intent. It moves that row alone, and
 * only forward; whatever comes twice, late or out of order is kept and changes nothing.
 *
 * @source S-10, S-11; DL-3, DL-4; standards §4.3
 */
export class TwilioReceipts {
  constructor(
    private readonly database: Database,
    private readonly trust: ReceiptTrust,
  ) {}

  /**
   * @returns what became of it
   * @throws Refusal `signature-wrong`, `provider-account-unknown`, `ref-unknown-form`
   */
  async take(callback: TwilioCallback): Promise<'applied' | 'kept' | 'unknown'> {
    const url = this.trust.publicUrl.replace(/\/$/, '') + callback.path;
    const isSigned = isSignedByTwilio({ ...callback, url }, this.trust.tokens);
    if (!isSigned)
      throw new Refusal(
        'signature-wrong',
        'The signature does not fit this address and these parameters.',
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
      tx.query<{ record_receipt: 'applied' | 'kept' | 'unknown' }>(
        `select delivery.record_receipt($1, 'twilio', $2, $3, $4, $5)`,
        [
          callback.ref,
          text('MessageSid') || null,
          status || 'none',
          state === 'failed' ? reasonOfReceipt(code || undefined) : code || null,
          state,
        ],
      ),
    );
    return row?.record_receipt ?? 'kept';
  }
}
