import { Refusal } from '@varde/kernel';
import { phases, type Phase } from '../vocabulary';
import { mayStep, phaseSteps, reach, step } from './phase';

// The table of standards §2.3 once more, by hand: the code's own table must not be its own witness.
const legal = new Set([
  'acknowledged>inProgress',
  'acknowledged>rejected',
  'acknowledged>cancelled',
  'inProgress>held',
  'inProgress>pending',
  'inProgress>resolved',
  'inProgress>cancelled',
  'held>inProgress',
  'held>resolved',
  'held>cancelled',
  'pending>inProgress',
  'pending>resolved',
  'pending>cancelled',
  'resolved>closed',
  'resolved>inProgress',
]);
const pairs = phases.flatMap((from) => phases.map((to) => [from, to] as const));

describe('the phases of an incident', () => {
  it.each(pairs)('%s → %s is allowed or refused as the standard says', (from: Phase, to: Phase) => {
    const isLegal = legal.has(`${from}>${to}`);
    expect(mayStep(from, to)).toBe(isLegal);
    if (isLegal) expect(step(from, to)).toBe(to);
    else expect(() => step(from, to)).toThrow(Refusal);
  });

  it('refuses with the steps that are open, or says that it is final', () => {
    expect(() => step('resolved', 'held')).toThrow(
      'The incident is resolved and cannot become held; from there it may become closed, inProgress.',
    );
    expect(() => step('cancelled', 'inProgress')).toThrow('that is final');
  });

  it('reaches resolved from acknowledged over inProgress, and only so', () => {
    expect(reach('acknowledged', 'resolved')).toBe('resolved');
    expect(reach('acknowledged', 'cancelled')).toBe('cancelled');
    expect(() => reach('closed', 'resolved')).toThrow(Refusal);
  });

  it('knows every phase', () => {
    expect(Object.keys(phaseSteps)).toEqual([...phases]);
  });
});
