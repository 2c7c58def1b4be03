import { Refusal } from '@varde/kernel';
import { factInstant } from './field-types';
import { renderEmail, renderSms, type Rendering } from './render';
import { channelNames, languageNames, textProblems, type ContentProblem } from './text-checks';
import { fallbackOf, textsIn } from './texts';
import type { Channel, Language } from './vocabulary';

/** A version before it is submitted: its texts, and who must be able to read them. */
export interface ContentToCheck extends Omit<Rendering, 'language'> {
  /** Every language of the audience. */
  readonly languages: readonly Language[];
  readonly channels: readonly Channel[];
  /** Whether the incident hits emergency calls: then mail must tell how to reach help. */
  readonly areEmergencyCallsHit: boolean;
}

/**
 * Everything that is wrong or doubtful in the texts of a version: each needed language and channel is filled as its reader
 * would get it, and read. Nothing is stopped at the first problem.
 *
 * @returns problems by language and channel in the order asked for; empty when the version may be submitted as it is
 * @source  A-10, UX-02, UX-10, UX-18; `voice.md` §5
 */
export function contentProblems(content: ContentToCheck): readonly ContentProblem[] {
  return content.languages.flatMap((language) => [
    ...fallbackProblems(content, language),
    ...content.channels.flatMap((channel) => problemsOf(content, language, channel)),
  ]);
}

/** Whether problems keep a version from being submitted. */
export const mayBeSubmitted = (problems: readonly ContentProblem[]): boolean =>
  problems.every((problem) => problem.severity !== 'block');

function fallbackProblems(
  { texts }: ContentToCheck,
  language: Language,
): readonly ContentProblem[] {
  const chosen = Object.hasOwn(texts, language) ? texts[language] : undefined;
  if (typeof chosen !== 'string' || chosen !== fallbackOf[language]) return [];
  const sentence = `Readers of ${languageNames[language]} get the text in ${languageNames[chosen]}. Say that it is meant, or write theirs.`;
  return [{ code: 'language-fallback', severity: 'ask', language, sentence }];
}

function problemsOf(
  content: ContentToCheck,
  language: Language,
  channel: Channel,
): readonly ContentProblem[] {
  const problem = (code: ContentProblem['code'], sentence: string): ContentProblem => ({
    code,
    severity: 'block',
    language,
    channel,
    sentence,
  });
  try {
    const filled = filledText({ ...content, language }, channel);
    // A fallback is read where it is written; the reader of another language gets the same text.
    if (filled.language !== language && content.languages.includes(filled.language)) return [];
    if (filled.isEmpty) {
      return [
        problem(
          'text-empty',
          `The ${languageNames[language]} ${channelNames[channel]} is empty. Write it.`,
        ),
      ];
    }
    return [
      ...nextUpdateProblems(content, filled.language, channel),
      ...textProblems({ ...content, ...filled, channel, ownHosts: [hostOf(content.linkBase)] }),
    ];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [
      problem(
        error.code === 'text-missing' ? 'language-missing' : 'text-not-renderable',
        error.message,
      ),
    ];
  }
}

interface Filled {
  readonly language: Language;
  readonly whole: string;
  readonly isEmpty: boolean;
  readonly plannedSegments: number;
}

function filledText(rendering: Rendering, channel: Channel): Filled {
  if (channel === 'email') {
    const { language, subject, text } = renderEmail(rendering);
    const isEmpty = subject.trim() === '' || text.trim() === '';
    return { language, whole: `${subject}\n${text}`, isEmpty, plannedSegments: 0 };
  }
  const { language, sms } = renderSms(rendering);
  const text = textsIn(rendering.texts, language)?.sms;
  const isEmpty = typeof text === 'string' && text.trim() === '';
  return {
    language,
    whole: sms,
    isEmpty,
    plannedSegments: typeof text === 'object' ? text.segments : 1,
  };
}

/** A ready text that could promise a next update, and does not: asked, since readers wait for it. */
function nextUpdateProblems(
  { texts, fields, now }: ContentToCheck,
  language: Language,
  channel: Channel,
): readonly ContentProblem[] {
  const text = textsIn(texts, language)?.[channel];
  const names = typeof text === 'object' && JSON.stringify(text).includes('{nextUpdateAt}');
  if (!names || (factInstant(fields.nextUpdateAt) ?? 0) > now) return [];
  const sentence = `The ${languageNames[language]} ${channelNames[channel]} promises no next update, since there is none or it has passed. Give a time.`;
  return [{ code: 'next-update-missing', severity: 'ask', language, channel, sentence }];
}

const hostOf = (linkBase: string): string =>
  linkBase.replace(/^https:\/\//u, '').split('/')[0] ?? '';
