const replacements: readonly (readonly [RegExp, string])[] = [
  [/[\u201C-\u201F\u00AB\u00BB\u2033\u2036]/g, '"'],
  [/[\u2018-\u201B\u2032\u2035\u2039\u203A\u00B4\u0060]/g, "'"],
  [/[\u2010-\u2015\u2212\u2022]/g, '-'],
  [/\u2026/g, '...'],
  [/[\t\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, ' '],
  [/[\u200B\u2060\uFEFF\u00AD]/g, ''],
];

/**
 * The text with typographic quotes, dashes, ellipsis, bullets and odd spaces put into signs of the GSM alphabet. Offered to
 * the author and shown, never done silently. Letters stay as they are: a Sámi letter is a name's, not a typist's.
 *
 * @source `standards.md` §4.1
 */
export function plainSigns(text: string): string {
  return replacements.reduce(
    (plain, [signs, replacement]) => plain.replace(signs, replacement),
    text.normalize('NFC'),
  );
}
