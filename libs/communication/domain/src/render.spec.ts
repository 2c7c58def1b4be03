import * as fc from 'fast-check';
import type { Fields } from './field-types';
import { emailCases, smsCases } from './render.cases';
import { renderEmail, renderSms, sendBefore, type Rendering } from './render';
import { smsSegments } from './segments';
import { septetCases } from './septets.cases';
import { templates } from './templates';
import { aRendering, at, sampleAreas, sampleFacts } from './testing';
import type { Texts } from './texts';
import { languages, modes, type Stage } from './vocabulary';
import { legalFields } from './testing';

const factsOf: Readonly<Partial<Record<Stage, Fields>>> = {
  a3: {
    estimateState: 'changed',
    estimateAt: '2026-11-22T18:30Z',
    previousEstimateAt: '2026-11-22T16:00Z',
  },
  a4: { estimateState: 'none' },
  b1: { estimateState: 'none' },
  d1: { services: 'broadband' },
  d2: { services: 'broadband' },
};

function spoken(stage: Stage, language: (typeof languages)[number], facts: Fields = {}): Rendering {
  return aRendering(stage, language, { facts: { ...factsOf[stage], ...facts } });
}

describe('renderSms', () => {
  it.each(septetCases)(
    '$stage in $language has the septets that were measured when it was written',
    (row) => {
      const { sms } = renderSms(spoken(row.stage, row.language));
      expect({ sms, units: smsSegments(sms).units }).toMatchObject({ units: row.septets });
      expect(smsSegments(sms).encoding).toBe('gsm7');
      if (row.other === undefined) return;
      const other: Fields =
        row.stage === 'f1' ? { estimateState: 'none' } : { services: 'broadband' };
      expect(smsSegments(renderSms(spoken(row.stage, row.language, other)).sms).units).toBe(
        row.other,
      );
    },
  );

  it.each(smsCases)(
    'fills $stage in $language, letter by letter (%#)',
    ({ stage, language, mode = 'ACTUAL', facts = {}, text }) => {
      expect(renderSms(aRendering(stage, language, { mode, facts })).sms).toBe(text);
    },
  );

  it('A-10: has every stage in every language in the segments it is planned for', () => {
    for (const { stage, texts } of templates) {
      for (const language of languages) {
        const { segments, sms } = renderSms(spoken(stage, language));
        expect({ sms, segments }).toMatchObject({ segments: texts[language].sms.segments });
      }
    }
  });

  it('keeps a, b and e in their segments with the longest area phrase, by leaving out advice, then words of the tail', () => {
    for (const stage of ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'e1'] as const) {
      const facts = { areas: 'NO-1506|NO-1505|NO-1507' };
      const areas = [
        ...sampleAreas,
        ...['NO-1505', 'NO-1507'].map(
          (code) =>
            ({ code, level: 'municipality', parent: 'NO-15', names: { nb: code } }) as const,
        ),
      ];
      const rendering = aRendering(stage, 'nb', { areas, facts: { ...factsOf[stage], ...facts } });
      const { sms, segments } = renderSms(rendering);
      expect(sms).toContain('i deler av Møre og Romsdal');
      expect({ sms, segments }).toMatchObject({ segments: stage === 'b1' ? 2 : 1 });
    }
  });

  it('says what it left out', () => {
    const long = [
      { code: 'NO-4601', level: 'municipality', names: { nb: 'Et sted med et ganske langt navn' } },
    ] as const;
    const longer = [
      {
        code: 'NO-4601',
        level: 'municipality',
        names: { nb: 'Et sted med et svært langt navn som ikke tar slutt' },
      },
    ] as const;
    const shortenedIn = (areas: Rendering['areas']) =>
      renderSms(aRendering('a1', 'nb', { areas, facts: { areas: 'NO-4601' } })).shortened;
    expect(shortenedIn(sampleAreas)).toBe('none');
    expect(shortenedIn(long)).toBe('advice');
    expect(shortenedIn(longer)).toBe('tail');
  });

  it('never renders a promise once it is past: the link stands alone', () => {
    const late = aRendering('a1', 'nb', { now: at('2026-11-22T14:00Z') });
    expect(renderSms(late).sms).toMatch(/Prøv wifi\. Mer: https:\/\/v\.example\/7F3K$/);
    expect(renderEmail(late).text).not.toContain('Neste oppdatering');
  });

  it('refuses an estimate that has passed, and one that nobody has given', () => {
    const passed = aRendering('a2', 'nb', { now: at('2026-11-22T16:00Z') });
    expect(() => renderSms(passed)).toThrow(
      expect.objectContaining({ code: 'estimate-has-passed' }),
    );
    const none = aRendering('a2', 'nb', { facts: { estimateState: 'none' } });
    expect(() => renderSms(none)).toThrow(expect.objectContaining({ code: 'estimate-not-known' }));
  });

  it('refuses a text whose fact is missing, and names the fact', () => {
    const { startedAt: _left, ...fields } = sampleFacts();
    expect(() => renderSms({ ...aRendering('a1', 'nb'), fields })).toThrow(
      expect.objectContaining({ code: 'fact-missing', field: 'startedAt' }),
    );
  });

  it('S-24: refuses a base of links without https', () => {
    for (const linkBase of [
      'http://v.example',
      'https://v.example@evil.example',
      'javascript:alert(1)',
      'https://v.example?u=',
    ]) {
      expect(() => renderSms(aRendering('a1', 'nb', { linkBase }))).toThrow(
        expect.objectContaining({ code: 'link-base-not-https' }),
      );
    }
  });

  it('gives the case number where there is no reference of the customer', () => {
    const { reference: _left, ...fields } = aRendering('f2', 'nb').fields;
    expect(renderSms({ ...aRendering('f2', 'nb'), fields }).sms).toMatch(
      /^Sluttrapport NO-2026-0042\. /,
    );
  });
});

describe('renderEmail', () => {
  it.each(emailCases)(
    'fills $stage in $language, letter by letter (%#)',
    ({ stage, language, mode = 'ACTUAL', facts = {}, text }) => {
      const email = renderEmail(aRendering(stage, language, { mode, facts }));
      expect(`${email.subject}\n${email.text}`).toBe(text);
    },
  );

  it('names the emergency numbers of the country, not of the language', () => {
    const facts = { country: 'SE', areas: 'SE-1280', estimateState: 'none' };
    expect(renderEmail(aRendering('b1', 'nb', { facts })).text).toContain(
      'Tjeneste: Nødanrop til 112\n',
    );
    expect(
      renderEmail(aRendering('b1', 'en', { facts: { estimateState: 'none' } })).text,
    ).toContain('Service: Calls to 110, 112 and 113\n');
  });

  it('leaves out the landline as a way to help where landlines are hit', () => {
    const facts = { services: 'emergency-call|fixed-voice', estimateState: 'none' };
    expect(renderEmail(aRendering('b1', 'en', { facts })).text).toContain(
      'try another phone: a mobile on another network.\n',
    );
  });
});

describe('a text that a person wrote', () => {
  const texts: Texts = {
    nb: {
      sms: 'Vi har {services} og {x, plural, other {y}} {{z}}',
      email: { subject: 'Hei {link}', text: '{inArea}' },
    },
    nn: 'nb',
  };

  it('S-16: is printed, never evaluated', () => {
    const rendering = { ...aRendering('a1', 'nb'), texts };
    expect(renderSms(rendering).sms).toBe('Vi har {services} og {x, plural, other {y}} {{z}}');
    expect(renderEmail(rendering)).toEqual({
      language: 'nb',
      subject: 'Hei {link}',
      text: '{inArea}',
    });
  });

  it('A-8: carries the word of an exercise in SMS and subject all the same', () => {
    const rendering = { ...aRendering('a1', 'nn'), texts, mode: 'EXERCISE' as const };
    expect(renderSms(rendering)).toMatchObject({
      language: 'nb',
      sms: expect.stringMatching(/^ØVELSE: Vi har/),
    });
    expect(renderEmail(rendering).subject).toBe('ØVELSE: Hei {link}');
  });

  it('A-10: is refused in a language that has none, unless the allowed fallback was chosen', () => {
    const rendering = { ...aRendering('a1', 'sv'), texts };
    expect(() => renderSms(rendering)).toThrow(expect.objectContaining({ code: 'text-missing' }));
    const wrong = { ...aRendering('a1', 'sv'), texts: { ...texts, sv: 'nb' } as Texts };
    expect(() => renderSms(wrong)).toThrow(expect.objectContaining({ code: 'text-missing' }));
    expect(renderSms({ ...aRendering('a1', 'nn'), texts }).language).toBe('nb');
  });

  it('is normalised, and S-18: cannot break its subject into a second header', () => {
    const rendering = {
      ...aRendering('a1', 'nb'),
      texts: { nb: { sms: 'Na\u030Ar', email: { subject: 'A\r\nBcc: b@v.example', text: 'x' } } },
    };
    expect(renderSms(rendering).sms).toBe('Når');
    expect(renderEmail(rendering).subject).toBe('A Bcc: b@v.example');
  });
});

describe('values', () => {
  const payloads = [
    '{x}',
    '{{constructor}}',
    "{{constructor.constructor('return 1')()}}",
    '{{#with x}}{{/with}}',
    '{{lookup this "a"}}',
    '__proto__',
    '{x, plural, one {a} other {b}}',
    '${1+1}',
    "'{'",
    '<b>x</b>',
    '{'.repeat(1_000_000),
  ];

  it.each(payloads)('S-16: a value is printed, not evaluated (%#)', (payload) => {
    const areas = [{ code: 'NO-4601', level: 'municipality', names: { nb: payload } }] as const;
    const { text } = renderEmail(aRendering('a1', 'nb', { areas, facts: { areas: 'NO-4601' } }));
    expect(text.split('\n')).toContain(`Område: ${payload}`);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'unknown'])(
    'S-16: a template cannot name %s',
    (name) => {
      const texts: Texts = { nb: { sms: { headline: `{${name}}`, line: 'x', segments: 1 } } };
      expect(() => renderSms({ ...aRendering('a1', 'nb'), texts })).toThrow(
        expect.objectContaining({ code: 'argument-unknown' }),
      );
    },
  );
});

describe('any legal facts', () => {
  it('A-10: give texts without a brace, in every language, or a refusal that says why', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...templates),
        fc.constantFrom(...languages),
        fc.constantFrom(...modes),
        fc.context(),
        (template, language, mode, log) => {
          fc.assert(
            fc.property(legalFields(fc, template.fieldTypes), (fields) => {
              const rendering = { ...aRendering(template.stage, language, { mode }), fields };
              log.log(JSON.stringify(fields));
              for (const render of [
                (r: Rendering) => renderSms(r).sms,
                (r: Rendering) => Object.values(renderEmail(r)).join('\n'),
              ]) {
                const text = outcome(() => render(rendering));
                expect(text).not.toMatch(/[{}]|undefined|NaN| {2}|\[object/);
              }
            }),
            { numRuns: 10 },
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** The text, or the code of the refusals that legal facts can still meet. */
function outcome(render: () => string): string {
  try {
    return render();
  } catch (error) {
    expect(error).toMatchObject({
      name: 'Refusal',
      code: expect.stringMatching(
        /^(?:estimate-not-known|estimate-has-passed|fact-missing)$/,
      ) as string,
    });
    return '';
  }
}

describe('sendBefore', () => {
  const now = at('2026-11-22T13:10Z');

  it.each<[string, Fields, string]>([
    [
      'the first promise or estimate to pass',
      { estimateAt: '2026-11-22T16:00Z', nextUpdateAt: '2026-11-22T14:00Z' },
      '2026-11-22T14:00Z',
    ],
    ['an estimate within six hours', { estimateAt: '2026-11-22T16:00Z' }, '2026-11-22T16:00Z'],
    [
      'six hours where nothing ends sooner',
      { estimateAt: '2026-11-23T16:00Z' },
      '2026-11-22T19:10Z',
    ],
    [
      'six hours where nothing is promised',
      { startedAt: '2026-11-22T16:00Z' },
      '2026-11-22T19:10Z',
    ],
    [
      'D-05: the beginning of planned works, however far ahead',
      { windowFrom: '2026-12-24T00:00Z', windowTo: '2026-12-24T04:00Z' },
      '2026-12-24T00:00Z',
    ],
    [
      'six hours for works that were postponed: their window is only named',
      { windowFrom: '2026-11-22T14:00Z', windowTo: '2026-11-22T15:00Z', announceBy: '2026-11-26' },
      '2026-11-22T19:10Z',
    ],
  ])('is %s', (_says, fields, end) => {
    expect(sendBefore(fields, now)).toBe(at(end));
  });
});
