import { importServices, type ImportService } from '../import/words';

/** The services as bits of one integer; a word that we do not know has no bit. */
export const serviceMask = (services: readonly string[]): number =>
  services.reduce((mask, service) => {
    const place = importServices.indexOf(service as ImportService);
    return place < 0 ? mask : mask | (1 << place);
  }, 0);

/** Every service. */
export const everyService = serviceMask(importServices);
/** The service that carries a text message. */
export const smsMask = serviceMask(['sms']);
/** The ways to the internet that we sell. @source invariants §2.5 */
export const internetMask = serviceMask(['broadband', 'mobile-data']);
/** A business's own access: the line into its premises, where its mail and its systems live. @source invariants §2.5 */
export const accessMask = serviceMask(['broadband']);
