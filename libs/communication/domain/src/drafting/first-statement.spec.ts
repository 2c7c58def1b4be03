import { isStatementMissing, statementClock } from './first-statement';
import { clockCases, owing } from './first-statement.cases';
import { aMessage, readers } from './planning.fixture';

describe('the clock of the first statement', () => {
  it.each(clockCases)('§2.4: $law', ({ before, after, step }) => {
    const known = before && { ...owing, version: 1, ...before };
    expect(statementClock(known, { ...owing, ...after })).toBe(step);
  });
});

describe('the first public statement', () => {
  const everybody = [readers('newly-hit', 0, 5), readers('newly-hit', 3, 500)];

  it('§2.4: is missing while nothing has gone', () => {
    expect(isStatementMissing(everybody, [aMessage({ state: 'submitted' })])).toBe(true);
  });

  it('§2.4: is missing when only the hospital has been told', () => {
    expect(isStatementMissing(everybody, [aMessage({ classes: [0], state: 'dispatched' })])).toBe(
      true,
    );
  });

  it('§2.4: is made once a message to the public has gone', () => {
    expect(isStatementMissing(everybody, [aMessage({ classes: [3], state: 'dispatched' })])).toBe(
      false,
    );
  });

  it('§2.4: is made by the holding text too', () => {
    const holding = aMessage({ stage: 'a0', classes: [2, 3], state: 'dispatched' });
    expect(isStatementMissing(everybody, [holding])).toBe(false);
  });

  it('§2.4: is not made by having announced works that became an outage', () => {
    const announcement = aMessage({ stage: 'd1', classes: [3], state: 'dispatched' });
    expect(isStatementMissing(everybody, [announcement])).toBe(true);
  });

  it('§2.4: where only the hospital is hit, a word to the hospital is it', () => {
    const hospital = [readers('newly-hit', 0, 5)];
    expect(isStatementMissing(hospital, [])).toBe(true);
    expect(isStatementMissing(hospital, [aMessage({ classes: [0], state: 'dispatched' })])).toBe(
      false,
    );
  });

  it('§2.4: is not made by telling of a quarter that is back', () => {
    const restored = aMessage({ groups: ['restored'], classes: [3], state: 'dispatched' });
    expect(isStatementMissing(everybody, [restored])).toBe(true);
  });
});
