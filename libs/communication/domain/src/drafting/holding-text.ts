import type { PlannedMessage } from './occasion';
import { criticalClasses, publicClasses, readersOf, type Headcount } from './readers';
import type { IncidentSketch } from './stage';
import { classesSpokenTo, type StandingMessage } from './standing';
import type { Mode } from '../vocabulary';

/** What is known of an incident when nobody has answered in time. */
export interface Silence {
  readonly incident: Pick<IncidentSketch, 'kind' | 'emergencyCalls'> & { readonly mode: Mode };
  /** Who is hit, by the newest snapshot. */
  readonly headcounts: readonly Headcount[];
  readonly standing: readonly StandingMessage[];
}

/**
 * The holding text for everybody to whom nothing has gone: the critical classes and the public apart, so that the real text of
 * one side does not replace the other's. Where emergency calls are hit there is none: the ready emergency text says how to get
 * help, and the holding text would say less.
 *
 * @returns nothing where everybody has been told something, or nobody can be
 * @source invariants §2.4; `voice.md` §3, a0
 */
export function planHoldingTexts(silence: Silence): readonly PlannedMessage[] {
  const { incident, headcounts, standing } = silence;
  if (incident.mode === 'TEST' || incident.kind === 'planned') return [];
  if (incident.emergencyCalls === 'affected') return [];
  const spokenTo = classesSpokenTo(standing);
  return [criticalClasses, publicClasses].flatMap((side): PlannedMessage[] => {
    const untold = side.filter((one) => !spokenTo.has(one));
    const readers = readersOf(headcounts, incident.mode, ['newly-hit', 'still-hit'], untold);
    if (!readers) return [];
    return [
      {
        ...readers,
        stage: 'a0',
        words: 'newly-hit',
        safety: false,
        isFirstWord: false,
        replaces: [],
      },
    ];
  });
}
