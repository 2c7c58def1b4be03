import type { Phrases } from './content';
import type { Stage } from './vocabulary';

/** One item of a mail, by what it says. */
type Item =
  | 'line'
  | 'line-without-advice'
  | 'estimate'
  | 'service'
  | 'calls'
  | 'help'
  | 'help-if-calls-hit'
  | 'area'
  | 'start'
  | 'start-and-end'
  | 'next-update'
  | 'meanwhile'
  | 'advice'
  | 'reference'
  | 'work-now'
  | 'closing'
  | 'status'
  | 'tail';

const outage: readonly Item[] = [
  ...(['estimate', 'service', 'help-if-calls-hit', 'area'] as const),
  ...(['start', 'next-update', 'meanwhile', 'closing'] as const),
];
const plain: readonly Item[] = ['line', 'service', 'area', 'tail'];

/**
 * What a mail of each stage says, item by item. The holding text is not in the table of `voice.md`: it says its own line where
 * the estimate stands, since nobody has thought about an estimate yet.
 *
 * @source `voice.md` §3.2, §3.3
 */
export const mailLayout: Readonly<Record<Stage, readonly Item[]>> = {
  a0: ['line', 'service', 'help-if-calls-hit', 'area', 'next-update', 'closing'],
  a1: outage,
  a2: outage,
  a3: outage,
  a4: outage,
  a5: ['line-without-advice', 'service', 'area', 'advice', 'status'],
  b1: ['calls', 'help', 'area', 'start-and-end', 'tail'],
  b2: ['line', 'calls', 'area', 'tail'],
  d1: plain,
  d2: plain,
  e1: plain,
  f1: ['line', 'service', 'area', 'reference', 'work-now', 'tail'],
  f2: ['line', 'service', 'area', 'reference', 'tail'],
};

/** The lines of a mail: its layout in the words of one language. */
export function mailLines(
  stage: Stage,
  line: string,
  tail: string | undefined,
  phrases: Phrases,
): readonly string[] {
  const { label, closing, help, callsTo } = phrases;
  const words: Readonly<Record<Item, readonly string[]>> = {
    line: [line],
    'line-without-advice': [line.replace(' {advice}', '')],
    estimate: ['{estimateLine}'],
    service: [`${label.service}: {servicesTitle}`],
    calls: [`${label.service}: ${callsTo}`],
    help,
    'help-if-calls-hit': help.map((text) => `{emergencyCalls, select, yes {${text}} other {}}`),
    area: [`${label.area}: {area}`],
    start: [`${label.start}: {startedAt}`],
    'start-and-end': [`${label.start}: {startedAt}, {endShort}`],
    'next-update': [`${label.nextUpdate}: {nextUpdateAt}`],
    meanwhile: [`${label.meanwhile}: {adviceLong}`],
    advice: ['{advice}'],
    reference: [`${label.reference}: {reference}`],
    'work-now': [`${label.workNow}: {workState}`],
    closing: [`${closing.noReport} ${closing.status}`],
    status: [closing.status],
    tail: tail === undefined ? [] : [tail],
  };
  return mailLayout[stage].flatMap((item) => words[item]);
}
