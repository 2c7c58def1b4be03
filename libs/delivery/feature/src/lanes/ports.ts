import type { Content } from '@varde/delivery-channels';
import type { AddressedChannel } from '@varde/delivery-domain';

/** One row that was claimed: its intent is committed, the provider not yet called. */
export interface Claimed {
  readonly recipientId: string;
  readonly attempt: number;
  readonly ref: string;
  readonly language: string;
  readonly addressHmac: Buffer;
  readonly leaseUntil: number;
}

/** What is said in one dispatch, from what its approvers read, byte for byte. Filled by the communication context. */
export interface DispatchTexts {
  /** @throws Error when the stored version is not the one that was approved: nothing of it may be sent */
  load(dispatchId: string): Promise<LoadedDispatch>;
}

/** A dispatch whose content was checked against its approval or its template. */
export interface LoadedDispatch {
  readonly incidentId: string;
  readonly mode: 'ACTUAL' | 'EXERCISE' | 'TEST';
  readonly sendBefore: number;
  contentFor(language: string, channel: AddressedChannel): Content;
}

/** Opens what the audience holds encrypted. */
export interface AddressReader {
  decrypt(encrypted: Buffer): string;
}

/** One class on one channel of one dispatch. */
export interface Lane {
  readonly dispatchId: string;
  readonly channel: AddressedChannel;
  readonly class: number;
}
