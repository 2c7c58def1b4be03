import { Refusal } from '@varde/kernel';
import { deriveSeverity } from './derive';
import { severityCases } from './derive.cases';
import { severityInForce, stateSeverity, type StatedSeverity } from './judge';

describe('the severity of an incident', () => {
  it.each(severityCases)('$says', ({ who, severity, reasons }) => {
    expect(deriveSeverity(who)).toEqual({ severity, reasons });
  });

  const major = deriveSeverity({
    kind: 'outage',
    emergencyCalls: 'unknown',
    hit: {
      subscriptions: 5_000,
      customers: 5_000,
      class0Out: 0,
      class0Partly: 0,
      class1: 0,
      wholeCounties: [],
    },
  });
  const stated = (severity: StatedSeverity['severity'], reason: string | null): StatedSeverity => ({
    severity,
    reason,
    by: 'p',
  });

  it('is what was derived while nobody says otherwise', () => {
    expect(severityInForce(major, null)).toBe('major');
  });
  it('is what a person says with a reason, up or down', () => {
    expect(severityInForce(major, stated('critical', 'the mayor called'))).toBe('critical');
    expect(severityInForce(major, stated('minor', 'a test cabinet'))).toBe('minor');
  });
  it('is raised but never lowered by a person without a reason', () => {
    expect(severityInForce(major, stated('critical', null))).toBe('critical');
    expect(severityInForce(major, stated('minor', null))).toBe('major');
  });
  it('refuses to lower what was said before without a reason', () => {
    expect(() => stateSeverity(stated('critical', null), stated('major', null))).toThrow(Refusal);
    expect(stateSeverity(stated('critical', null), stated('major', 'half is back')).severity).toBe(
      'major',
    );
    expect(stateSeverity(stated('major', 'why'), stated('major', null)).reason).toBe('why');
  });
});
