import { Refusal } from '@varde/kernel';
import type { Channel, Language } from './vocabulary';

/** The SMS of a ready text, in ICU messages whose arguments are still open. Filled: `headline. line tail`. */
export interface SmsTemplate {
  readonly headline: string;
  readonly line: string;
  readonly tail?: string;
  /** What stands for `tail` when the SMS would otherwise be too long. */
  readonly shortTail?: string;
  /** How many segments it is planned for. */
  readonly segments: number;
}

/** The mail of a ready text, in ICU messages whose arguments are still open. */
export interface EmailTemplate {
  readonly subject: string;
  /** One item each. A line that names an empty argument is left out. */
  readonly lines: readonly string[];
}

/** A mail as a person wrote it, word for word. */
export interface EmailText {
  readonly subject: string;
  readonly text: string;
}

/**
 * What is said in one language. A string and an `EmailText` are a person's own words and are never read as a template: the
 * shape tells them apart, so no data can become a template.
 *
 * @source S-16
 */
export interface LanguageTexts {
  readonly sms?: string | SmsTemplate;
  readonly email?: EmailText | EmailTemplate;
}

/**
 * The texts of a version, as `texts jsonb` keeps them. A language may name another one in place of texts: its author
 * chose to fall back, the approver sees it, and the hash covers it.
 *
 * @source
 */
export type Texts = Readonly<Partial<Record<Language, LanguageTexts | Language>>>;

/** The one language that may stand for another that is missing; English has none. @source `experience.md` §4 */
export const fallbackOf: Readonly<Record<Language, Language | undefined>> = {
  nb: 'en',
  nn: 'nb',
  sv: 'en',
  da: 'en',
  en: undefined,
};

/**
 * The language in which a reader of `language` is written to on a channel.
 *
 * @throws Refusal `text-missing` if there is no text in it and no allowed fallback was chosen
 * @source A-10
 */
export function shownLanguage(texts: Texts, language: Language, channel: Channel): Language {
  const entry = Object.hasOwn(texts, language) ? texts[language] : undefined;
  const shown = typeof entry === 'string' ? entry : language;
  const allowed = shown === language || fallbackOf[language] === shown;
  if (allowed && textsIn(texts, shown)?.[channel] !== undefined) return shown;
  const message = `There is no ${channel} text in ${language}. Write it, or choose the fallback language.`;
  throw new Refusal('text-missing', message, { language, channel });
}

/** What is said in one language, fallbacks aside. */
export function textsIn(texts: Texts, language: Language): LanguageTexts | undefined {
  const entry = Object.hasOwn(texts, language) ? texts[language] : undefined;
  return typeof entry === 'string' ? undefined : entry;
}
