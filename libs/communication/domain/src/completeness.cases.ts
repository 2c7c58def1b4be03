import type { ProblemCode } from './text-checks';
import type { Language, Mode } from './vocabulary';

/** A text of a person, and what is found in it. */
export interface CheckedCase {
  readonly says: string;
  readonly text: string;
  readonly codes: readonly ProblemCode[];
  readonly language?: Language;
  readonly mode?: Mode;
}

const exercise = { mode: 'EXERCISE' } as const;

/** One sentence for each problem, and its clean neighbour. @source A-10, UX-02, UX-10, UX-18 */
export const checkedCases: readonly CheckedCase[] = [
  {
    says: 'a clean text',
    text: 'Mobilnettet virker igjen i Bergen. Mer: https://v.example/7F3K',
    codes: [],
  },
  { says: 'Nordic letters', text: 'æøåÆØÅäöÄÖ', codes: [] },
  { says: 'a mustache', text: 'Hei {{name}}', codes: ['placeholder-left'] },
  { says: 'a dollar brace', text: 'Hei ${name}', codes: ['placeholder-left'] },
  { says: 'an ICU argument', text: 'Nede {inArea}', codes: ['placeholder-left'] },
  { says: 'one brace', text: 'Nede } i Bergen', codes: ['placeholder-left'] },
  { says: 'undefined', text: 'Nede i undefined.', codes: ['placeholder-left'] },
  { says: 'undefined inside another word', text: 'Nede i Xundefinedby.', codes: [] },
  { says: 'NaN', text: 'NaN kunder', codes: ['placeholder-left'] },
  { says: 'an object', text: 'Nede i [object Object]', codes: ['placeholder-left'] },
  { says: '161 letters', text: 'a'.repeat(161), codes: ['segments-over'] },
  { says: '160 letters', text: 'a'.repeat(160), codes: [] },
  { says: 'more than a provider takes', text: 'a '.repeat(801).trim(), codes: ['sms-too-long'] },
  { says: 'Sámi letters', text: 'Nede i Kárášjohka', codes: ['foreign-signs'] },
  { says: 'a pasted dash', text: 'kl. 08–16', codes: ['foreign-signs'] },
  { says: 'a curly quote', text: 'Det’s', codes: ['foreign-signs'] },
  { says: 'a no-break space', text: 'kl.\u00A014:02', codes: ['foreign-signs'] },
  {
    says: '71 letters of which one is foreign',
    text: `${'a'.repeat(70)}š`,
    codes: ['segments-over', 'foreign-signs'],
  },
  { says: 'a link without https', text: 'Mer: http://v.example/7F3K', codes: ['link-not-https'] },
  { says: 'our host without a scheme', text: 'Mer: v.example/7F3K', codes: ['link-not-https'] },
  { says: 'a script', text: 'Mer: javascript:alert(1)', codes: ['link-not-https'] },
  { says: 'another domain', text: 'Mer: https://evil.example/7F3K', codes: ['link-not-ours'] },
  {
    says: 'a domain that ends in ours',
    text: 'Mer: https://xv.example/7F3K',
    codes: ['link-not-ours'],
  },
  {
    says: 'a domain that begins with ours',
    text: 'Mer: https://v.example.evil.example',
    codes: ['link-not-ours'],
  },
  {
    says: 'our name before an at sign',
    text: 'Mer: https://v.example@evil.example/',
    codes: ['link-not-ours'],
  },
  { says: 'a backslash', text: 'Mer: https://evil.example\\@v.example', codes: ['link-not-ours'] },
  { says: 'a port', text: 'Mer: https://v.example:8443/x', codes: ['link-not-ours'] },
  { says: 'our link in brackets', text: 'Mer (https://v.example/7F3K).', codes: [] },
  { says: 'our link in capitals', text: 'Mer: https://V.example/7F3K', codes: [] },
  { says: 'our link without a digit', text: 'Mer: https://v.example/HVTRKMDX', codes: [] },
  { says: 'our link of digits', text: 'Mer: https://v.example/29384756', codes: [] },
  { says: 'a bare domain', text: 'Se operator.no', codes: ['link-not-ours'] },
  {
    says: 'a space forgotten after a stop',
    text: 'Nettet er nede.Se status',
    codes: ['link-not-ours'],
  },
  { says: 'a clock with a stop', text: 'Nede fra kl.14.02', codes: [] },
  { says: 'Nødvarsel', text: 'Nødvarsel: bli inne', codes: ['warning-name'] },
  { says: 'Nødvarsel with an ending', text: 'Nødvarslet gjelder', codes: ['warning-name'] },
  { says: 'Naudvarsel', text: 'Naudvarsel', language: 'nn', codes: ['warning-name'] },
  { says: 'VMA', text: 'VMA utfärdat', language: 'sv', codes: ['warning-name'] },
  { says: 'vma inside a word', text: 'Havmannen er nede', codes: [] },
  {
    says: 'the long Swedish name',
    text: 'Viktigt  meddelande till allmänheten',
    language: 'sv',
    codes: ['warning-name'],
  },
  {
    says: 'S!RENEN',
    text: 'S!RENEN lyder',
    language: 'da',
    codes: ['warning-name', 'exclamation-mark', 'capitals'],
  },
  { says: 'SE-Alert', text: 'SE-Alert skickat', language: 'sv', codes: ['warning-name'] },
  { says: 'EU-Alert with a space', text: 'EU Alert sent', language: 'en', codes: ['warning-name'] },
  {
    says: 'beredskabsmeddelelse',
    text: 'En beredskabsmeddelelse',
    language: 'da',
    codes: ['warning-name'],
  },
  { says: 'an exclamation mark', text: 'Nettet er nede!', codes: ['exclamation-mark'] },
  { says: 'capitals', text: 'VIKTIG: nettet er nede', codes: ['capitals'] },
  { says: 'a reference in capitals', text: 'Statusrapport ORDRE-20417', codes: [] },
  { says: 'a telephone number', text: 'Ring +47 900 00 000', codes: ['phone-number'] },
  { says: 'a national number', text: 'Ring 90 00 00 00', codes: ['phone-number'] },
  { says: 'emergency numbers', text: 'Ring 110, 112 eller 113', codes: [] },
  { says: 'a rounded count', text: 'Om lag 410 000 kunder', codes: [] },
  {
    says: 'a denial (nb)',
    text: 'Dette er ikke en øvelse',
    ...exercise,
    codes: ['exercise-denied'],
  },
  {
    says: 'a denial with more words (nb)',
    text: 'Dette er Ikke noen del av en Øvelse',
    ...exercise,
    codes: ['exercise-denied'],
  },
  {
    says: 'a denial (nn)',
    text: 'Dette er ikkje ei øving',
    language: 'nn',
    ...exercise,
    codes: ['exercise-denied'],
  },
  {
    says: 'a denial (sv)',
    text: 'Det här är ingen övning',
    language: 'sv',
    ...exercise,
    codes: ['exercise-denied'],
  },
  {
    says: 'a denial (sv, inte)',
    text: 'Det här är inte en övning',
    language: 'sv',
    ...exercise,
    codes: ['exercise-denied'],
  },
  {
    says: 'a denial (da)',
    text: 'Dette er ikke en øvelse',
    language: 'da',
    ...exercise,
    codes: ['exercise-denied'],
  },
  {
    says: 'a denial (en)',
    text: 'This is not an exercise',
    language: 'en',
    ...exercise,
    codes: ['exercise-denied'],
  },
  {
    says: 'a denial (en, drill)',
    text: 'This is no drill',
    language: 'en',
    ...exercise,
    codes: ['exercise-denied'],
  },
  {
    says: 'a denial with a contraction',
    text: "This isn't an exercise",
    language: 'en',
    ...exercise,
    codes: ['exercise-denied'],
  },
  {
    says: 'a denial in another language',
    text: 'This is not an exercise',
    ...exercise,
    codes: ['exercise-denied'],
  },
  { says: 'an exercise that says so', text: 'Dette er en øvelse', ...exercise, codes: [] },
  { says: 'a denial outside an exercise', text: 'Dette er ikke en øvelse', codes: [] },
];
