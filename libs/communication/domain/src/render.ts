import { hours, plus, type Instant } from '@varde/kernel';
import { argumentsOf, withoutAdvice, type ArgumentSetting } from './arguments';
import { phrases } from './content';
import { factInstant, type Fields } from './field-types';
import { compile, type Arguments } from './icu';
import { headerSafe } from './safe-text';
import { smsSegments } from './segments';
import { shownLanguage, textsIn, type EmailTemplate, type SmsTemplate, type Texts } from './texts';
import type { Language, Mode } from './vocabulary';

/** What a text is rendered from. Same input, same text: nothing else is read. */
export interface Rendering extends Omit<ArgumentSetting, 'channel'> {
  readonly texts: Texts;
  readonly mode: Mode;
}

/** An SMS as the recipient reads it. */
export interface RenderedSms {
  readonly language: Language;
  readonly sms: string;
  readonly segments: number;
  /** What was left out to keep it in the segments that it was planned for. */
  readonly shortened: 'none' | 'advice' | 'tail';
}

/** A mail as the recipient reads it. */
export interface RenderedEmail {
  readonly language: Language;
  /** One line, safe for a header. */
  readonly subject: string;
  /** Lines ended by LF, without a last one. */
  readonly text: string;
}

/**
 * The SMS of a version in one language. A ready text over its planned segments loses `{advice}`, then takes its short tail;
 * still over, it is sent so: the composer has asked. A person's own words stay as they are, in NFC.
 *
 * @throws Refusal `text-missing`, `template-not-readable`, or what `argumentsOf` refuses
 * @source `voice.md` §3, §3.7; A-10, S-16
 */
export function renderSms(rendering: Rendering): RenderedSms {
  const language = shownLanguage(rendering.texts, rendering.language, 'sms');
  const text = textsIn(rendering.texts, language)?.sms ?? '';
  const prefix = exercisePrefix(rendering.mode, language);
  if (typeof text === 'string') return asSms(language, prefix + text, 'none');
  const all = argumentsOf({ ...rendering, language, channel: 'sms' });
  const brief = withoutAdvice(all);
  const full = asSms(language, prefix + joined(text, text.tail, all), 'none');
  if (full.segments <= text.segments) return full;
  const plain = asSms(language, prefix + joined(text, text.tail, brief), 'advice');
  if (plain.segments <= text.segments || text.shortTail === undefined)
    return plain.sms === full.sms ? full : plain;
  return asSms(language, prefix + joined(text, text.shortTail, brief), 'tail');
}

/**
 * The mail of a version in one language. A line of a ready text that has nothing to say is left out.
 *
 * @throws Refusal as `renderSms`
 * @source `voice.md` §3.2, §3.7; S-16, S-18
 */
export function renderEmail(rendering: Rendering): RenderedEmail {
  const language = shownLanguage(rendering.texts, rendering.language, 'email');
  const email = textsIn(rendering.texts, language)?.email ?? { subject: '', text: '' };
  const prefix = exercisePrefix(rendering.mode, language);
  if ('text' in email)
    return { language, subject: headerSafe(prefix + email.subject), text: email.text };
  const all = argumentsOf({ ...rendering, language, channel: 'email' });
  return {
    language,
    subject: headerSafe(prefix + compile(email.subject).fill(all)),
    text: linesOf(email, all).join('\n'),
  };
}

/**
 * Until when a text with these facts stays true: its estimate and its promises have not passed.
 *
 * @returns the earliest of them, `undefined` when there is none
 * @source `voice.md` §2, "Never rendered once past"
 */
function trueUntil(fields: Fields): Instant | undefined {
  const ends = [fields.estimateAt, fields.nextUpdateAt, fields.nextReportAt]
    .map(factInstant)
    .filter((at) => typeof at === 'number');
  return ends.sort((one, other) => one - other)[0];
}

// How long a text may be sent when no promise in it ends sooner.
const lifeOfText = hours(6);

/**
 * Until when a text may be sent. What is said of a fault is old after six hours; an announcement stays true until its works begin,
 * and is no use any more from then on. A postponement names the window that was, so that does not end it.
 *
 * @param now when it is drawn up
 * @source DL-6; D-05; `voice.md` §2, "Never rendered once past"
 */
export function sendBefore(fields: Fields, now: Instant): Instant {
  const begins = fields.announceBy === undefined ? factInstant(fields.windowFrom) : undefined;
  if (begins !== undefined) return begins;
  const end = trueUntil(fields);
  const latest = plus(now, lifeOfText);
  return end !== undefined && end < latest ? end : latest;
}

/** The word that the server puts before headline, subject and SMS of an exercise; nobody types it. @source A-8, `voice.md` §3.7 */
export function exercisePrefix(mode: Mode, language: Language): string {
  return mode === 'EXERCISE' ? `${phrases[language].exercise}: ` : '';
}

function asSms(language: Language, text: string, shortened: RenderedSms['shortened']): RenderedSms {
  const sms = text.normalize('NFC');
  return { language, sms, segments: smsSegments(sms).segments, shortened };
}

function joined(text: SmsTemplate, tail: string | undefined, all: Arguments): string {
  const [headline, line, end] = [text.headline, text.line, tail ?? ''].map((part) =>
    compile(part).fill(all).trim(),
  );
  return [`${headline}.`, line, end].filter(Boolean).join(' ');
}

function linesOf(email: EmailTemplate, all: Arguments): readonly string[] {
  return email.lines
    .map(compile)
    .filter((line) => line.topLevel.every((name) => all[name] !== ''))
    .map((line) => line.fill(all).trim())
    .filter(Boolean);
}
