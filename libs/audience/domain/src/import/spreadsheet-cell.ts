// Also the full-width forms of = + - @, which spreadsheets read like the plain ones.
const formula = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const quoted = /[",;\n\r]/;

/**
 * A cell of a CSV file that a person will open in a spreadsheet: it cannot become a formula.
 *
 * @returns the text, behind a `'` where it would be read as a formula, in quotes where RFC 4180 asks for them
 * @source security.md S-23; RFC 4180
 */
export function spreadsheetCell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return quoted.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
