import { checkedCases } from './completeness.cases';
import { contentProblems, mayBeSubmitted, type ContentToCheck } from './completeness';
import { phrases } from './content';
import { fieldsFor, templates } from './templates';
import { aRendering, at, sampleFacts } from './testing';
import type { Texts } from './texts';
import { languages, type Stage } from './vocabulary';

function aContent(stage: Stage, changed: Partial<ContentToCheck> = {}): ContentToCheck {
  const { language: _left, ...rendering } = aRendering(stage, 'nb');
  return {
    ...rendering,
    languages,
    channels: ['sms', 'email'],
    areEmergencyCallsHit: false,
    ...changed,
  };
}

const free = (texts: Texts, changed: Partial<ContentToCheck> = {}): ContentToCheck =>
  aContent('a1', { texts, fields: {}, languages: ['nb'], channels: ['sms'], ...changed });

const codesOf = (content: ContentToCheck): readonly string[] =>
  contentProblems(content).map(({ code }) => code);

describe('contentProblems', () => {
  it.each(checkedCases)(
    'A-10: finds in an SMS $says: $codes',
    ({ text, codes, language = 'nb', mode = 'ACTUAL' }) => {
      const content = free({ [language]: { sms: text } }, { languages: [language], mode });
      expect(codesOf(content)).toEqual(codes);
    },
  );

  it.each(checkedCases)(
    'A-10: finds in a mail $says',
    ({ text, codes, language = 'nb', mode = 'ACTUAL' }) => {
      const content = free(
        { [language]: { email: { subject: 'Status', text } } },
        { languages: [language], channels: ['email'], mode },
      );
      const ofSms = ['segments-over', 'sms-too-long', 'foreign-signs'];
      expect(codesOf(content)).toEqual(codes.filter((code) => !ofSms.includes(code)));
    },
  );

  it('A-10: finds it in a subject, too', () => {
    const email = { subject: 'Hei {{name}}', text: 'Nettet virker igjen.' };
    expect(codesOf(free({ nb: { email } }, { channels: ['email'] }))).toEqual(['placeholder-left']);
  });

  it('A-10: has nothing against any ready text in any language', () => {
    for (const { stage, texts, fieldTypes } of templates) {
      for (const language of languages) {
        const facts = {
          ...(stage === 'a3' && {
            estimateState: 'changed',
            previousEstimateAt: '2026-11-22T15:00Z',
          }),
          ...((stage === 'a4' || stage === 'b1') && { estimateState: 'none' }),
          ...(stage.startsWith('d') && { services: 'broadband' }),
        };
        const fields = fieldsFor({ fieldTypes }, sampleFacts(language, facts));
        const content = aContent(stage, {
          texts,
          fields,
          languages: [language],
          areEmergencyCallsHit: stage === 'b1',
        });
        expect([stage, language, contentProblems(content)]).toEqual([stage, language, []]);
      }
    }
  });

  it('A-10: names every missing language and channel, not only the first', () => {
    const content = free(
      { nb: { sms: 'Hei' } },
      { languages: ['nb', 'da', 'en'], channels: ['sms', 'email'] },
    );
    expect(
      contentProblems(content).map(
        ({ code, language, channel }) => `${code} ${language} ${channel}`,
      ),
    ).toEqual([
      'language-missing nb email',
      'language-missing da sms',
      'language-missing da email',
      'language-missing en sms',
      'language-missing en email',
    ]);
    expect(contentProblems(content)[1]).toEqual({
      code: 'language-missing',
      severity: 'block',
      language: 'da',
      channel: 'sms',
      sentence: 'There is no sms text in da. Write it, or choose the fallback language.',
    });
  });

  it('A-10: lets a chosen fallback pass, and shows it', () => {
    const problems = contentProblems(
      free({ nb: { sms: 'Hei' }, nn: 'nb' }, { languages: ['nb', 'nn'] }),
    );
    expect(problems).toMatchObject([
      { code: 'language-fallback', severity: 'ask', language: 'nn' },
    ]);
    expect(mayBeSubmitted(problems)).toBe(true);
  });

  it('A-10: reads the fallback text where nobody reads its own language', () => {
    expect(codesOf(free({ en: { sms: 'Hello {x}' }, da: 'en' }, { languages: ['da'] }))).toEqual([
      'language-fallback',
      'placeholder-left',
    ]);
  });

  it('A-10: refuses a fallback that the rule does not know, and one that has no text', () => {
    expect(codesOf(free({ nb: { sms: 'Hei' }, da: 'nb' }, { languages: ['da'] }))).toEqual([
      'language-missing',
    ]);
    expect(codesOf(free({ da: 'en' }, { languages: ['da'] }))).toEqual([
      'language-fallback',
      'language-missing',
    ]);
  });

  it('A-10: refuses an empty text', () => {
    expect(codesOf(free({ nb: { sms: '  ' } }))).toEqual(['text-empty']);
    expect(
      codesOf(free({ nb: { email: { subject: '', text: 'x' } } }, { channels: ['email'] })),
    ).toEqual(['text-empty']);
  });

  it('A-10: tells a fact that is missing, with its channel', () => {
    const { startedAt: _left, ...fields } = sampleFacts();
    const problems = contentProblems(
      aContent('a1', { fields, languages: ['nb'], channels: ['sms'] }),
    );
    expect(problems).toMatchObject([
      { code: 'text-not-renderable', severity: 'block', channel: 'sms' },
    ]);
    expect(problems[0]?.sentence).toContain('"startedAt"');
  });

  it('UX-10: asks where no next update is promised, or its time has passed', () => {
    const { nextUpdateAt: _left, ...fields } = aRendering('a1', 'nb').fields;
    const without = aContent('a1', { fields, languages: ['nb'], channels: ['sms'] });
    expect(contentProblems(without)).toMatchObject([
      { code: 'next-update-missing', severity: 'ask' },
    ]);
    const late = aContent('a1', {
      languages: ['nb'],
      channels: ['sms'],
      now: at('2026-11-22T14:00Z'),
    });
    expect(codesOf(late)).toEqual(['next-update-missing']);
  });

  it('UX-18: refuses a mail without the help lines when emergency calls are hit', () => {
    const content = (text: string) =>
      free(
        { nb: { email: { subject: 'Nede', text } } },
        { channels: ['email'], areEmergencyCallsHit: true },
      );
    expect(codesOf(content('Ring 112.'))).toEqual(['help-missing']);
    const withLandline = phrases.nb.help.join(' ').replace(/\{landline.*?\{ (.*?)\}\}/, ' $1');
    expect(codesOf(content(withLandline))).toEqual([]);
    expect(codesOf(content(withLandline.replace(' eller en fasttelefon', '')))).toEqual([]);
    expect(codesOf(content(withLandline.replace('Ring ikke for å teste.', '')))).toEqual([
      'help-missing',
    ]);
  });

  it('UX-18: finds the help lines in every ready mail of an outage once the facts say that emergency calls are hit', () => {
    for (const stage of ['a0', 'a1', 'a2', 'a4'] as const) {
      const facts = { emergencyCalls: 'yes', ...(stage === 'a4' && { estimateState: 'none' }) };
      const { fields } = aRendering(stage, 'nb', { facts });
      expect(
        codesOf(aContent(stage, { fields, channels: ['email'], areEmergencyCallsHit: true })),
      ).toEqual([]);
    }
    expect(
      codesOf(
        aContent('a1', { languages: ['sv'], channels: ['email'], areEmergencyCallsHit: true }),
      ),
    ).toEqual(['help-missing']);
  });

  it('plans the emergency text for two segments, and asks above', () => {
    const { fields } = aRendering('b1', 'nb', { facts: { estimateState: 'none' } });
    expect(codesOf(aContent('b1', { fields, languages: ['nb'], channels: ['sms'] }))).toEqual([]);
    const areas = [
      {
        code: 'NO-4601',
        level: 'municipality',
        names: { nb: 'Et sted med et navn som er lengre enn noe sted har' },
      },
    ] as const;
    const long = aContent('b1', {
      fields: { ...fields, areas: 'NO-4601' },
      areas,
      languages: ['nb'],
      channels: ['sms'],
    });
    expect(codesOf(long)).toEqual(['segments-over']);
  });

  it('says what, where and what to do', () => {
    const [problem] = contentProblems(free({ nb: { sms: 'Nede i Kárášjohka' } }));
    expect(problem?.sentence).toBe(
      'The Norwegian (bokmål) SMS has signs outside the SMS alphabet: "á" (U+00E1) at 9, "á" (U+00E1) at 11, "š" (U+0161) at 12. They more than double its length; take plain signs.',
    );
  });
});
