import { importServices, type ImportService } from './words';

/** Services as bits of one integer, in the order of the vocabulary; 0 for none. */
export const serviceBits = (services: readonly ImportService[]): number =>
  services.reduce((bits, service) => bits | (1 << importServices.indexOf(service)), 0);
