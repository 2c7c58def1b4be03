import { phrases, stageTexts, type Phrases, type Tail } from './content';
import { factTypes, type Fact, type Fields, type FieldTypes } from './field-types';
import { mailLines } from './mail-layout';
import type { EmailTemplate, SmsTemplate } from './texts';
import { languages, type Language, type Scenario, type Stage } from './vocabulary';

/** A ready text: all languages and channels of one stage, and the facts that it takes. */
export interface Template {
  /** What it is called in lists and policies: `outage-declared`. */
  readonly id: string;
  readonly scenario: Scenario;
  readonly stage: Stage;
  /** Complete in every language and channel. */
  readonly texts: Readonly<
    Record<Language, { readonly sms: SmsTemplate; readonly email: EmailTemplate }>
  >;
  readonly fieldTypes: FieldTypes;
}

type Outline = readonly [stage: Stage, scenario: Scenario, name: string, facts: string];

const outage = 'country services areas startedAt link nextUpdateAt? effect? emergencyCalls?';

/** Stage, scenario, name, facts; a fact that may be absent ends in `?`. */
const outlines: readonly Outline[] = [
  ['a0', 'outage', 'holding', outage],
  ['a1', 'outage', 'declared', outage],
  ['a2', 'outage', 'estimate', `${outage} estimateState estimateAt`],
  ['a3', 'outage', 'estimate-changed', `${outage} estimateState estimateAt previousEstimateAt`],
  ['a4', 'outage', 'no-estimate', `${outage} estimateState? previousEstimateAt?`],
  ['a5', 'outage', 'restored', 'country services areas startedAt restoredAt link effect?'],
  [
    'b1',
    'emergency',
    'declared',
    'country areas startedAt link services? nextUpdateAt? estimateState? estimateAt?',
  ],
  ['b2', 'emergency', 'restored', 'country areas startedAt restoredAt link'],
  ['d1', 'planned', 'announced', 'country services areas windowFrom windowTo link'],
  ['d2', 'planned', 'postponed', 'country services areas windowFrom windowTo announceBy link'],
  ['e1', 'correction', 'disregard', 'country services areas sentAt link'],
  [
    'f1',
    'callback',
    'at-work',
    'country services areas workState reference? nextReportAt? estimateState? estimateAt?',
  ],
  ['f2', 'callback', 'closing', 'country services areas reportedAt restoredAt reference?'],
];

// Four facts and three ways to help do not fit one. @source `voice.md` §3.1
const plannedForTwo: readonly Stage[] = ['b1'];

/** Every ready text, in the order of the stages. @source `voice.md` §3 */
export const templates: readonly Template[] = outlines.map(([stage, scenario, name, facts]) => ({
  id: `${scenario}-${name}`,
  scenario,
  stage,
  texts: Object.fromEntries(
    languages.map((language) => [language, textsOf(stage, language)]),
  ) as Template['texts'],
  fieldTypes: Object.fromEntries(
    facts.split(' ').map((fact) => [fact, factTypes[fact.replace('?', '') as Fact]]),
  ),
}));

/** The ready text of a stage. */
export function templateOf(stage: Stage): Template {
  const found = templates.find((template) => template.stage === stage);
  if (!found) throw new Error(`No template for ${stage}`);
  return found;
}

/** Of many facts those that a template takes, as its version keeps them. The rest would be refused by the database. */
export function fieldsFor(template: Pick<Template, 'fieldTypes'>, facts: Fields): Fields {
  const taken = new Set(Object.keys(template.fieldTypes).map((name) => name.replace('?', '')));
  return Object.fromEntries(Object.entries(facts).filter(([name]) => taken.has(name)));
}

function textsOf(stage: Stage, language: Language): { sms: SmsTemplate; email: EmailTemplate } {
  const words = phrases[language];
  const { headline, line, tail } = stageTexts[language][stage];
  const full = tail === undefined ? undefined : tailOf(tail as Tail, words);
  const short = shortTailOf(tail, words);
  return {
    sms: {
      headline,
      line,
      ...(full !== undefined && { tail: full }),
      ...(short !== undefined && { shortTail: short }),
      segments: plannedForTwo.includes(stage) ? 2 : 1,
    },
    email: {
      subject: `${headline} ({incidentNumber})`,
      lines: mailLines(stage, line, full, words),
    },
  };
}

/** A promise that is not there, or has passed, is not rendered: then the link stands alone with its word. */
function tailOf(tail: Tail, words: Phrases): string {
  const text = words.tail[tail];
  if (tail === 'N') return `{nextUpdate, select, none {${words.tail.M}} other {${text}}}`;
  if (tail === 'S') return `{nextReport, select, none {} other {${text}}}`;
  return text;
}

function shortTailOf(tail: string | undefined, words: Phrases): string | undefined {
  if (tail === 'N') return `{nextUpdate, select, none {{link}} other {${words.tail.n}}}`;
  return tail === 'M' || tail === 'R' ? '{link}' : undefined;
}
