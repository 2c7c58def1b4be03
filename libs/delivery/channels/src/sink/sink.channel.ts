import type { AddressedChannel } from '@varde/delivery-domain';
import type { Channel } from '../channel';

/**
 * Where exercises and tests go: it takes everything and calls nobody, so no real provider ever hears of an exercise. It holds no
 * credentials that could.
 *
 * @source A-8, D-08
 */
export const createSink = (channel: AddressedChannel): Channel => ({
  channel,
  provider: 'sink',
  send: ({ ref }) => Promise.resolve({ kind: 'accepted', providerRef: `sink.${ref ?? ''}` }),
  lookUp: () => Promise.resolve({ kind: 'cannot-tell' }),
  close: () => Promise.resolve(),
});
