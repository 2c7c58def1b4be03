import type { StatementFacts } from './first-statement';

/** A real outage that is big and open: it owes a statement. */
export const owing: StatementFacts = {
  version: 2,
  mode: 'ACTUAL',
  kind: 'outage',
  severity: 'major',
  phase: 'inProgress',
  mergedInto: null,
};

interface ClockCase {
  readonly law: string;
  readonly before: Partial<StatementFacts> | undefined;
  readonly after: Partial<StatementFacts>;
  readonly step: 'start' | 'stop' | 'keep';
}

/** What a change of an incident means for the clock of its first statement; `before` is version 1 and `after` version 2, unless said. */
export const clockCases: readonly ClockCase[] = [
  { law: 'starts when it is declared major', before: undefined, after: {}, step: 'start' },
  {
    law: 'starts when it is declared critical',
    before: undefined,
    after: { severity: 'critical' },
    step: 'start',
  },
  {
    law: 'stays still for a minor one',
    before: undefined,
    after: { severity: 'minor' },
    step: 'keep',
  },
  {
    law: 'starts when a minor one becomes major',
    before: { severity: 'minor' },
    after: {},
    step: 'start',
  },
  {
    law: 'starts once: from major to critical it runs on',
    before: {},
    after: { severity: 'critical' },
    step: 'keep',
  },
  {
    law: 'stops when it is lowered to minor',
    before: {},
    after: { severity: 'minor' },
    step: 'stop',
  },
  { law: 'stops when it is resolved', before: {}, after: { phase: 'resolved' }, step: 'stop' },
  { law: 'stops when it is cancelled', before: {}, after: { phase: 'cancelled' }, step: 'stop' },
  {
    law: 'stops when it is merged: the other one has a clock of its own',
    before: {},
    after: { mergedInto: '00000000-0000-4000-8000-000000000009' },
    step: 'stop',
  },
  {
    law: 'starts anew when it is reopened',
    before: { phase: 'resolved' },
    after: {},
    step: 'start',
  },
  {
    law: 'does not run in an exercise',
    before: undefined,
    after: { mode: 'EXERCISE' },
    step: 'keep',
  },
  {
    law: 'does not run for planned works',
    before: undefined,
    after: { kind: 'planned' },
    step: 'keep',
  },
  {
    law: 'does not hear what is older than the newest known',
    before: { version: 3, severity: 'minor' },
    after: {},
    step: 'keep',
  },
  {
    law: 'does not hear the same version twice',
    before: { version: 2, severity: 'minor' },
    after: {},
    step: 'keep',
  },
];
