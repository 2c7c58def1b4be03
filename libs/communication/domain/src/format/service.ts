import { services, type Language, type Service } from '../vocabulary';
import { formatList } from './list';
import { formatWords } from './words';

const mobileNetwork: readonly Service[] = ['mobile-voice', 'mobile-data', 'sms'];

/**
 * Services inside a sentence: `mobilnettet og bredbåndet`. Calls, texts and data together are the mobile network. The order
 * is ours, whatever the order of the ids.
 */
export function formatServices(ids: readonly Service[], language: Language): string {
  return formatList(names(ids, language), language);
}

/** Services as the opening of a text: a capital first, and in English no article. */
export function formatServicesTitle(ids: readonly Service[], language: Language): string {
  const bare = names(ids, language).map((name) =>
    language === 'en' ? name.replace(/^the /, '') : name,
  );
  const title = formatList(bare, language);
  return title.charAt(0).toLocaleUpperCase(language) + title.slice(1);
}

function names(ids: readonly Service[], language: Language): readonly string[] {
  const words = formatWords[language];
  const whole = mobileNetwork.every((service) => ids.includes(service));
  const single = services.filter(
    (service) => ids.includes(service) && !(whole && mobileNetwork.includes(service)),
  );
  return [
    ...(whole ? [words.mobileNetwork] : []),
    ...single.map((service) => words.services[service]),
  ];
}
