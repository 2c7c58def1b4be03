const callingCode = /^\+4[567]/;

/**
 * What a log or a report may show of a telephone number: country and last two digits (`+47 …17`). Anything that is hardly a
 * number shows nothing.
 *
 * @source security.md S-28
 */
export function maskPhone(text: string): string {
  const digits = text.replace(/\D/g, '');
  if (digits.length < 6) return '…';
  return `${callingCode.exec(text)?.[0] ?? ''} …${digits.slice(-2)}`.trim();
}

/** What a log or a report may show of a mail address: that it is one, and its top-level domain (`…@….no`). @source security.md S-28 */
export function maskEmail(text: string): string {
  const end = /@[^@]*\.([a-z]{2,12})$/i.exec(text);
  return end ? `…@….${end[1] ?? ''}` : '…';
}
