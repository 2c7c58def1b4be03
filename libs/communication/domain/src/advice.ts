import { phrases } from './content';
import type { Language, Service } from './vocabulary';

const mobile: readonly Service[] = ['mobile-voice', 'mobile-data', 'sms'];

/**
 * What to do meanwhile, or once the service is back, in a sentence that an SMS has room for.
 *
 * @returns empty where we know of nothing that helps
 * @source  `voice.md` §2.2, D-18
 */
export function shortAdvice(hit: readonly Service[], isBack: boolean, language: Language): string {
  const { advice } = phrases[language];
  if (!isBack) return wayAround(hit, advice);
  return [
    hitsMobile(hit) ? advice.mobileBack : '',
    hit.includes('broadband') ? advice.broadbandBack : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** What to do meanwhile, at the length of a mail; empty once the service is back, or where nothing helps. @source `voice.md` §2.2 */
export function longAdvice(hit: readonly Service[], isBack: boolean, language: Language): string {
  return isBack ? '' : wayAround(hit, phrases[language].adviceLong);
}

/** A way around is advised only while it is not hit itself: no Wi-Fi where the broadband is down, too. */
function wayAround(
  hit: readonly Service[],
  words: Readonly<Record<'mobileOut' | 'broadbandOut', string>>,
): string {
  if (hitsMobile(hit) === hit.includes('broadband')) return '';
  return hitsMobile(hit) ? words.mobileOut : words.broadbandOut;
}

function hitsMobile(hit: readonly Service[]): boolean {
  return hit.some((service) => mobile.includes(service));
}
