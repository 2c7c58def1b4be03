const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡' +
    'ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extension = new Set('^{}\\[~]|€\f');

/** How long one SMS may be alone, and each part of a longer one, in units of its alphabet. */
const room = { gsm7: { alone: 160, part: 153 }, ucs2: { alone: 70, part: 67 } } as const;

/** How a text travels as SMS. */
export interface SmsSegments {
  /** The GSM alphabet of seven bits, or UTF-16 as soon as one sign lies outside it. */
  readonly encoding: 'gsm7' | 'ucs2';
  /** SMS that are sent and billed; 0 for the empty text. */
  readonly segments: number;
  /** Septets in `gsm7`, UTF-16 units in `ucs2`. */
  readonly units: number;
  /** The signs that force `ucs2`, each once, in the order of their first place. */
  readonly foreign: readonly string[];
}

/**
 * How many SMS a text is sent, and billed, as.
 *
 * @param text as the recipient will read it; counted in NFC, so `a` + U+030A is the `å` of the alphabet
 * @returns    up to 160 septets, then 153 each (`€` and brackets count two); with one sign outside the alphabet 70 UTF-16
 *             units, then 67. A sign of two units is never cut, so the parts may be more than the units divided
 * @source     3GPP TS 23.038 §6.2.1; TS 23.040 §9.2.3.24; invariant A-10
 */
export function smsSegments(text: string): SmsSegments {
  const signs = [...text.normalize('NFC')];
  const foreign = [...new Set(signs.filter(isForeign))];
  const encoding = foreign.length > 0 ? 'ucs2' : 'gsm7';
  const widths = signs.map((sign) =>
    encoding === 'ucs2' ? sign.length : extension.has(sign) ? 2 : 1,
  );
  const units = widths.reduce((sum, width) => sum + width, 0);
  const { alone, part } = room[encoding];
  const segments = units <= alone ? Math.min(units, 1) : partsOf(widths, part);
  return { encoding, segments, units, foreign };
}

/**
 * The signs outside the GSM alphabet and where they stand, for the author to see.
 *
 * @returns one entry for each occurrence; `position` counts code points of the NFC text from 1
 * @source  UX-10, A-10
 */
export function foreignSigns(text: string): readonly { sign: string; position: number }[] {
  return [...text.normalize('NFC')].flatMap((sign, index) =>
    isForeign(sign) ? [{ sign, position: index + 1 }] : [],
  );
}

function isForeign(sign: string): boolean {
  return !basic.has(sign) && !extension.has(sign);
}

function partsOf(widths: readonly number[], room: number): number {
  let parts = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > room) {
      parts += 1;
      used = 0;
    }
    used += width;
  }
  return parts;
}
