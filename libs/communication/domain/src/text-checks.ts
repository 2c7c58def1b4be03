import { phrases } from './content';
import { compile } from './icu';
import { linkProblems } from './links';
import { foreignSigns, smsSegments } from './segments';
import { languages, type Channel, type Language, type Mode } from './vocabulary';

/** Kinds of problem that a text can have. */
export const problemCodes = [
  ...(['language-missing', 'language-fallback', 'text-empty', 'text-not-renderable'] as const),
  ...(['placeholder-left', 'segments-over', 'sms-too-long', 'foreign-signs'] as const),
  ...([
    'link-not-https',
    'link-not-ours',
    'warning-name',
    'exercise-denied',
    'help-missing',
  ] as const),
  ...(['next-update-missing', 'exclamation-mark', 'capitals', 'phone-number'] as const),
] as const;
/** A kind of problem that a text can have. */
export type ProblemCode = (typeof problemCodes)[number];

/** Something wrong or doubtful in the texts of a version. */
export interface ContentProblem {
  readonly code: ProblemCode;
  /** `block`: not submitted like this. `ask`: a person says that it is meant. */
  readonly severity: 'block' | 'ask';
  readonly language?: Language;
  readonly channel?: Channel;
  /** What is wrong, where, and what to do. */
  readonly sentence: string;
}

/** One filled text on its way to be checked. */
export interface CheckedText {
  readonly language: Language;
  readonly channel: Channel;
  /** Subject and text in one. */
  readonly whole: string;
  readonly mode: Mode;
  readonly ownHosts: readonly string[];
  /** Segments that the text is planned for. */
  readonly plannedSegments: number;
  readonly areEmergencyCallsHit: boolean;
}

type Found = Pick<ContentProblem, 'code' | 'severity' | 'sentence'>;

/** The name of a language in the sentences that a person reads. */
export const languageNames: Readonly<Record<Language, string>> = {
  nb: 'Norwegian (bokmål)',
  nn: 'Norwegian (nynorsk)',
  sv: 'Swedish',
  da: 'Danish',
  en: 'English',
};

/** The name of a channel in the sentences that a person reads. */
export const channelNames: Readonly<Record<Channel, string>> = { sms: 'SMS', email: 'mail' };

// Nobody's provider takes more. @source `standards.md` §4.3, error 21617
const longestSms = 1_600;

/**
 * Everything wrong or doubtful in one filled text.
 *
 * @source A-10, UX-02, UX-10, UX-18, S-24; `voice.md` §1, §3.3
 */
export function textProblems(text: CheckedText): readonly ContentProblem[] {
  const checks = [placeholders, lengths, signs, links, warningNames, denials, help, marks];
  const { language, channel } = text;
  return checks
    .flatMap((check) => check(text, `The ${languageNames[language]} ${channelNames[channel]}`))
    .map((found) => ({ ...found, language, channel }));
}

function placeholders({ whole }: CheckedText, where: string): readonly Found[] {
  const left = ['{{', '}}', '${', '{', '}', '[object Object]'].find((sign) => whole.includes(sign));
  const word = left ?? /(?<![\p{L}\p{N}])(?:undefined|NaN)(?![\p{L}\p{N}])/u.exec(whole)?.[0];
  if (word === undefined) return [];
  return [
    block(
      'placeholder-left',
      `${where} contains "${word}", which looks like an unfilled place. Fill or remove it.`,
    ),
  ];
}

function lengths(
  { whole, channel, plannedSegments }: CheckedText,
  where: string,
): readonly Found[] {
  if (channel !== 'sms') return [];
  if (whole.length > longestSms) {
    return [
      block(
        'sms-too-long',
        `${where} has ${whole.length} characters, and ${longestSms} is the most. Shorten it.`,
      ),
    ];
  }
  const { segments } = smsSegments(whole);
  if (segments <= plannedSegments) return [];
  return [
    ask(
      'segments-over',
      `${where} is sent as ${segments} SMS instead of ${plannedSegments}. Shorten it, or say that it is meant.`,
    ),
  ];
}

function signs({ whole, channel }: CheckedText, where: string): readonly Found[] {
  const foreign = channel === 'sms' ? foreignSigns(whole) : [];
  if (foreign.length === 0) return [];
  const listed = foreign
    .slice(0, 5)
    .map(({ sign, position }) => `${shown(sign)} at ${position}`)
    .join(', ');
  const more = foreign.length > 5 ? ` and ${foreign.length - 5} more` : '';
  return [
    ask(
      'foreign-signs',
      `${where} has signs outside the SMS alphabet: ${listed}${more}. They more than double its length; take plain signs.`,
    ),
  ];
}

function links({ whole, ownHosts }: CheckedText, where: string): readonly Found[] {
  const advice = {
    'link-not-https': 'is a link without https. Write the whole address, or remove it.',
    'link-not-ours':
      'is a link to a page that is not ours, or will be read as one. Remove it, or put a space after the stop.',
  } as const;
  return linkProblems(whole, ownHosts).map(({ code, link }) =>
    block(code, `${where} contains "${link.slice(0, 80)}", which ${advice[code]}`),
  );
}

/** Names of the authorities' warning systems, with their usual endings. @source `standards.md` §7.3, UX-18 */
const ofWarningSystems = [
  /n(?:ø|au|o|oe)dvars(?:el|la|le)/iu,
  /(?<![\p{L}\p{N}])VMA(?![\p{L}\p{N}])/iu,
  /viktigt\s+meddelande\s+till\s+allmänheten/iu,
  /S!REN/iu,
  /(?<![\p{L}\p{N}])(?:SE|EU)[\s\p{Pd}]?alert/iu,
  /beredskabs(?:meddelelse|besked|varsel)/iu,
];

function warningNames({ whole }: CheckedText, where: string): readonly Found[] {
  const plain = whole.normalize('NFKC');
  const name = ofWarningSystems.map((pattern) => pattern.exec(plain)?.[0]).find(Boolean);
  if (!name) return [];
  return [
    block(
      'warning-name',
      `${where} uses "${name}", the name of a public warning system, which only authorities may send. Say it in other words.`,
    ),
  ];
}

const denial =
  /(?<!\p{L})(?:ikke|ikkje|ikkj|ingen|inga|ingi|inte|ej|icke|not|no|never|isn['’]t)\s+(?:[^\s.]{1,20}\s+){0,4}?(?:øvelse|øving|övning|exercise|drill)/iu;

function denials({ whole, mode }: CheckedText, where: string): readonly Found[] {
  const words = mode === 'EXERCISE' ? denial.exec(whole.normalize('NFC'))?.[0] : undefined;
  if (words === undefined) return [];
  return [
    block(
      'exercise-denied',
      `${where} says "${words}", but it belongs to an exercise. Remove the words.`,
    ),
  ];
}

function help(
  { whole, language, channel, areEmergencyCallsHit }: CheckedText,
  where: string,
): readonly Found[] {
  if (channel !== 'email' || !areEmergencyCallsHit) return [];
  const text = whole.replaceAll('\u00A0', ' ');
  const isThere = phrases[language].help.every((line) =>
    ['up', 'down'].some((landline) => text.includes(compile(line).fill({ landline }))),
  );
  if (isThere) return [];
  return [
    block(
      'help-missing',
      `${where} does not tell how to reach help, although emergency calls are hit. Put in the four help lines.`,
    ),
  ];
}

const exerciseWords: readonly string[] = languages.map((language) => phrases[language].exercise);
const phoneNumber =
  /\+[0-9](?:[ -]?[0-9]){6,14}|(?<![0-9A-Za-z-])[0-9]{2,4}(?:[ -]?[0-9]{2,3}){2,4}(?![0-9A-Za-z-])/gu;

function marks({ whole }: CheckedText, where: string): readonly Found[] {
  // A link is nobody's shouting: eight signs of its own may well be letters, or digits, only.
  const words = whole.replace(/https:\/\/\S+/gu, '');
  const capitals = [...words.matchAll(/(?<![\p{L}\p{N}-])\p{Lu}{4,}(?![\p{L}\p{N}-])/gu)]
    .map(([word]) => word)
    .find((word) => !exerciseWords.includes(word));
  const phone = [...words.matchAll(phoneNumber)]
    .map(([number]) => number)
    .find((number) => number.replace(/[^0-9]/gu, '').length >= 8);
  return [
    ...(whole.includes('!')
      ? [ask('exclamation-mark', `${where} has an exclamation mark. Words stay calm; remove it.`)]
      : []),
    ...(capitals
      ? [
          ask(
            'capitals',
            `${where} has "${capitals}" in capitals. Only the exercise word is written so.`,
          ),
        ]
      : []),
    ...(phone
      ? [
          ask(
            'phone-number',
            `${where} has the telephone number "${phone}". Only emergency numbers belong in a text.`,
          ),
        ]
      : []),
  ];
}

const block = (code: ProblemCode, sentence: string): Found => ({
  code,
  severity: 'block',
  sentence,
});
const ask = (code: ProblemCode, sentence: string): Found => ({ code, severity: 'ask', sentence });

/** A sign as a person can see it: invisible ones by their number. */
function shown(sign: string): string {
  const number = `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(sign) ? `"${sign}" (${number})` : number;
}
