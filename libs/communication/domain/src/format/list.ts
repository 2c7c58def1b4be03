import type { Language } from '../vocabulary';
import { formatWords } from './words';

/** `A`, `A og B`, `A, B og C`, as the language joins; no comma before *and*, in English neither. Empty for no items. */
export function formatList(items: readonly string[], language: Language): string {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  return `${items.slice(0, -1).join(', ')} ${formatWords[language].and} ${last}`;
}
