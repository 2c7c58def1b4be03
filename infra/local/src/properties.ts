/**
 * Writes a Java properties file.
 *
 * @returns one `key=value` a line, in the order given; characters outside printable ASCII as `\uXXXX`
 * @source  java.util.Properties.load: backslash escapes, `:` `=` and blanks end a key, leading blanks of a value are cut
 */
export function writeProperties(
  values: Readonly<Record<string, string | number | boolean>>,
): string {
  const lines = Object.entries(values).map(
    ([key, value]) => `${escapeKey(key)}=${escapeValue(String(value))}`,
  );
  return `${lines.join('\n')}\n`;
}

function escapeKey(key: string): string {
  return escapeCharacters(key).replace(/[ :=#!]/g, '\\$&');
}

function escapeValue(value: string): string {
  return escapeCharacters(value).replace(/^ /, '\\ ');
}

function escapeCharacters(text: string): string {
  return text
    .replace(/\\/g, '\\\\')
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
