// C0 and C1 controls (CR, LF, NUL, tab, NEL among them) and the line and paragraph separators of Unicode.

const breaks = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g;

/**
 * A text for one line of a mail header: every run of controls and line separators becomes one space.
 *
 * @source S-18; RFC 5322 §2.2
 */
export function headerSafe(text: string): string {
  return text.replace(breaks, ' ').trim();
}

/**
 * A text for HTML, between tags or inside a quoted attribute.
 *
 * @source S-17
 */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
