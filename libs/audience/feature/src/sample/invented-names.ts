import type { ImportCountry } from '@varde/audience-domain';
import type { Chance } from './chance';

// Common given names with made-up surnames, so that nobody is meant.
const givenNames: Readonly<Record<ImportCountry, readonly string[]>> = {
  NO: [
    'Anne',
    'Bjørn',
    'Eirik',
    'Guro',
    'Håkon',
    'Ingrid',
    'Jonas',
    'Kari',
    'Lars',
    'Marit',
    'Nils',
    'Olav',
    'Ragnhild',
    'Sara',
    'Tor',
    'Åse',
  ],
  SE: [
    'Alva',
    'Björn',
    'Ebba',
    'Erik',
    'Gunilla',
    'Hanna',
    'Johan',
    'Karin',
    'Lennart',
    'Maja',
    'Nils',
    'Oskar',
    'Stina',
    'Tove',
    'Ulla',
    'Åke',
  ],
  DK: [
    'Anders',
    'Birgit',
    'Christian',
    'Ditte',
    'Emil',
    'Freja',
    'Grethe',
    'Hans',
    'Ida',
    'Jens',
    'Kirsten',
    'Mads',
    'Niels',
    'Rikke',
    'Søren',
    'Tove',
  ],
};
const firstParts = [
  'Tinde',
  'Ljung',
  'Brim',
  'Hassel',
  'Skjær',
  'Vind',
  'Lyng',
  'Rav',
  'Sol',
  'Elve',
  'Storm',
  'Mose',
  'Fjord',
  'Heg',
  'Orre',
  'Kvist',
];
const lastParts = [
  'ås',
  'vang',
  'mark',
  'holt',
  'bro',
  'lund',
  'strøm',
  'dal',
  'vik',
  'nes',
  'gaard',
  'toft',
  'haug',
  'sund',
  'bekk',
  'li',
];
const trades = [
  'Bakeri',
  'Regnskap',
  'Transport',
  'Rør',
  'Elektro',
  'Tannhelse',
  'Treverk',
  'Kontor',
  'Fisk',
  'Hotell',
  'Data',
  'Bygg',
];
const companyForms: Readonly<Record<ImportCountry, string>> = { NO: 'AS', SE: 'AB', DK: 'ApS' };

/** The name of an invented person. */
export const personName = (chance: Chance, country: ImportCountry): string =>
  `${chance.of(givenNames[country])} ${chance.of(firstParts)}${chance.of(lastParts)}`;

/** The name of an invented business. */
export const businessName = (chance: Chance, country: ImportCountry): string =>
  `${chance.of(firstParts)}${chance.of(lastParts)} ${chance.of(trades)} ${companyForms[country]}`;

/** A mailbox that exists nowhere: `.example` is reserved. @source RFC 2606 §3 */
export function mailbox(name: string, number: number): string {
  const plain = name
    .toLowerCase()
    .replace(/[æä]/g, 'ae')
    .replace(/[øö]/g, 'oe')
    .replace(/å/g, 'aa')
    .replace(/[^a-z]+/g, '.');
  return `${plain}.${number}@post.example`;
}

/** A number that looks like a mobile of its country. Numbers of a series: 0 … 9,999,999. It goes to loopback only. */
export function mobileNumber(country: ImportCountry, number: number): string {
  const digits = String(number).padStart(7, '0');
  return `${{ NO: '+479', SE: '+4670', DK: '+452' }[country]}${digits}`;
}
