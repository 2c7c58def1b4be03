const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡' +
    'ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extension = new Set('\f^{}\\[~]|€');

/** Units of each character as GSM-7 counts them; `undefined` when one of them is not in the alphabet. */
function gsmUnits(characters: readonly string[]): number[] | undefined {
  const units: number[] = [];
  for (const character of characters) {
    if (basic.has(character)) units.push(1);
    else if (extension.has(character)) units.push(2);
    else return undefined;
  }
  return units;
}

function parts(units: readonly number[], alone: number, split: number): number {
  const total = units.reduce((sum, unit) => sum + unit, 0);
  if (total <= alone) return total === 0 ? 0 : 1;
  let filled = 0;
  let count = 1;
  for (const unit of units) {
    if (filled + unit > split) {
      count += 1;
      filled = 0;
    }
    filled += unit;
  }
  return count;
}

/**
 * How many parts the provider counts and bills. Written apart from the product's own counter on purpose: the two are
 * held against each other by every message that goes through the sandbox.
 *
 * @source 3GPP TS 23.038; `standards.md` §4.1. Nothing is normalised or replaced (SmartEncoded=false)
 */
export function segmentCount(body: string): number {
  const characters = [...body];
  const gsm = gsmUnits(characters);
  if (gsm) return parts(gsm, 160, 153);
  return parts(
    characters.map((character) => character.length),
    70,
    67,
  );
}
