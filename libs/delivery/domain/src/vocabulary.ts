/** Where a delivery stands. @source invariants §3 */
export const deliveryStates = [
  'pending',
  'sending',
  'ambiguous',
  'accepted',
  'delivered',
  'failed',
  'superseded',
  'expired',
  'suppressed',
] as const;
/** One of {@link deliveryStates}. */
export type DeliveryState = (typeof deliveryStates)[number];

/** Channels that address one recipient, as far as they are built. */
export const addressedChannels = ['sms', 'email'] as const;
/** One of {@link addressedChannels}. */
export type AddressedChannel = (typeof addressedChannels)[number];

/** What can be halted, widest first. @source DL-7 */
export const gateScopes = ['all', 'channel', 'provider', 'incident', 'dispatch'] as const;
/** One of {@link gateScopes}. */
export type GateScope = (typeof gateScopes)[number];
