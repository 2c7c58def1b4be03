import { compile } from './icu';

describe('compile', () => {
  it('fills plain arguments and a select, any number of times', () => {
    const text = compile(
      '{estimateState, select, confirmed {kommer} other {ventes}} tilbake {estimate}',
    );
    expect(text.fill({ estimateState: 'confirmed', estimate: 'kl. 17:00' })).toBe(
      'kommer tilbake kl. 17:00',
    );
    expect(text.fill({ estimateState: 'estimated', estimate: 'ca. kl. 17:00' })).toBe(
      'ventes tilbake ca. kl. 17:00',
    );
    expect(text.names).toEqual(['estimateState', 'estimate']);
    expect(text.topLevel).toEqual(['estimate']);
  });

  it('takes a tag as the letters that it is', () => {
    expect(compile('<b>{link}</b>').fill({ link: 'x' })).toBe('<b>x</b>');
  });

  it.each([
    '{startedAt, date, short}',
    '{startedAt, time}',
    '{customers, number}',
    '{customers, plural, other {#}}',
    '{customers, selectordinal, other {#}}',
    '{effect, select, outage {x}}',
    '{open',
    '{}',
    '{{x}}',
    '{a, select, other {'.repeat(5_000),
    'x'.repeat(2_001),
  ])(
    'S-16: refuses a template with more logic than a select, or none that can be read (%#)',
    (template) => {
      expect(() => compile(template)).toThrow(
        expect.objectContaining({ code: 'template-not-readable' }),
      );
    },
  );

  it('S-16: refuses a name that is not given, inherited ones too', () => {
    expect(() => compile('{toString}').fill(Object.create(null) as Record<string, string>)).toThrow(
      expect.objectContaining({ code: 'argument-unknown' }),
    );
  });
});
