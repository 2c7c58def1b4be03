/** A telephone number and a mailbox that exist nowhere else: wherever they turn up, they came out of the one table that owns them. */
export interface Canary {
  readonly name: string;
  /** E.164, Norwegian: `+47` and eight digits. */
  readonly phone: string;
  /** With a local part of eight letters and digits or more. */
  readonly email: string;
}

/** A place where bytes lie. */
export interface Sink {
  readonly name: string;
  readonly bytes: Buffer;
}

/** One way to write a text. */
interface Form {
  readonly name: string;
  readonly text: string;
  /** Compared letter by letter; otherwise capitals are small letters. */
  readonly isExact?: boolean;
  /** Only where no letter or digit stands beside it: a short row of digits is found inside any longer one. */
  readonly isWord?: boolean;
}

/** The part of the base64 of `text` that is the same whatever stands before and after it, for each of the three places. */
function base64Forms(text: string): Form[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).toString('base64');
    const from = shift === 0 ? 0 : shift + 1;
    const to = Math.floor(((shift + text.length) * 8) / 6);
    return { name: `base64, shifted by ${shift}`, text: encoded.slice(from, to), isExact: true };
  });
}

const perCharacter = (text: string, write: (code: number) => string): string =>
  [...text].map((character) => write(character.charCodeAt(0))).join('');
const hex = (code: number, width: number): string => code.toString(16).padStart(width, '0');

function encodedForms(text: string, of: string): Form[] {
  const forms: Form[] = [
    ...base64Forms(text),
    { name: 'hexadecimal', text: perCharacter(text, (code) => hex(code, 2)) },
    { name: 'percent-encoded', text: perCharacter(text, (code) => `%${hex(code, 2)}`) },
    { name: 'JSON-escaped', text: perCharacter(text, (code) => `\\u${hex(code, 4)}`) },
    { name: 'HTML-escaped', text: perCharacter(text, (code) => `&#${code};`) },
    { name: 'UTF-16', text: perCharacter(text, (code) => `${String.fromCharCode(code)}\u0000`) },
  ];
  return forms.map((form) => ({ ...form, name: `${of} in ${form.name}` }));
}

/** Signs that people, forms and URLs put between digits. */
const separators = [' ', '\u00a0', '-', '.', '+', '%20', '&nbsp;'];

function phoneForms(phone: string): Form[] {
  const all = phone.slice(1);
  const national = all.slice(2);
  const grouped = [/(\d{3})(\d{2})(\d{3})/, /(\d{2})(\d{2})(\d{2})(\d{2})/].flatMap((groups) =>
    separators.map((sign) => (groups.exec(national) ?? []).slice(1).join(sign)),
  );
  return [
    // With the plus as a plus, as %2B, as \u002b or left out: the digits are the same.
    { name: 'number with its country', text: all },
    { name: 'number', text: national, isWord: true },
    ...grouped.map((text) => ({
      name: `number in groups, like ${text.replace(/\d/g, '9')}`,
      text,
    })),
    ...encodedForms(national, 'number'),
  ];
}

/** How the local part may be written: what is done to the `@` does not matter then. */
function emailForms(email: string): Form[] {
  const local = email.split('@')[0] ?? '';
  return [{ name: 'mailbox', text: local }, ...encodedForms(local, 'mailbox')];
}

/** Every form in which a canary is searched for. */
export const formsOf = ({ phone, email }: Canary): readonly Form[] => [
  ...phoneForms(phone),
  ...emailForms(email),
];

const isLetterOrDigit = (character: string | undefined): boolean =>
  /[\da-z]/i.test(character ?? '');

function standsAlone(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!isLetterOrDigit(text[at - 1]) && !isLetterOrDigit(text[at + word.length])) return true;
  return false;
}

/**
 * Searches byte by byte.
 *
 * @returns a line for each find: sink, canary, form. Sorted; empty when nothing leaked
 * @source  S-27; P-12
 */
export function tracesIn(sinks: readonly Sink[], canaries: readonly Canary[]): readonly string[] {
  const wanted = canaries.map((canary) => ({ canary, forms: formsOf(canary) }));
  const found = sinks.flatMap(({ name, bytes }) => {
    const exact = bytes.toString('latin1');
    const small = exact.toLowerCase();
    return wanted.flatMap(({ canary, forms }) =>
      forms
        .filter(({ text, isExact, isWord }) => {
          const needle = Buffer.from(text).toString('latin1');
          if (isExact) return exact.includes(needle);
          return isWord ? standsAlone(small, needle) : small.includes(needle.toLowerCase());
        })
        .map((form) => `${name}: ${canary.name}, ${form.name}`),
    );
  });
  return [...new Set(found)].sort();
}
