export { AddressCipher } from './address-cipher';
export {
  makeAddressKeysFile,
  parseAddressKeys,
  readAddressKeys,
  type AddressKeys,
} from './address-keys';
export { maskEmail, maskPhone } from './mask';
export { normalEmail } from './normal-email';
export { normalPhone, type NumberingCountry } from './normal-phone';
