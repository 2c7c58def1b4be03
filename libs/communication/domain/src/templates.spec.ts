import { argumentNames } from './arguments';
import { phrases } from './content';
import { misfits } from './field-types';
import { compile } from './icu';
import { smsSegments } from './segments';
import { fieldsFor, templateOf, templates } from './templates';
import { sampleFacts } from './testing';
import { languages, stages } from './vocabulary';

const everyText = templates.flatMap(({ id, texts }) =>
  languages.flatMap((language) => {
    const { sms, email } = texts[language];
    const all = [
      sms.headline,
      sms.line,
      sms.tail ?? '',
      sms.shortTail ?? '',
      email.subject,
      ...email.lines,
    ];
    return all.map((text) => [`${id} ${language}`, text] as const);
  }),
);

describe('templates', () => {
  it('A-10: exist for every stage, under a name of their own', () => {
    expect(templates.map(({ stage }) => stage)).toEqual([...stages]);
    expect(new Set(templates.map(({ id }) => id)).size).toBe(stages.length);
    expect(templateOf('a1').id).toBe('outage-declared');
  });

  it('A-10: are complete in every language and channel', () => {
    for (const { texts } of templates) {
      expect(Object.keys(texts)).toEqual([...languages]);
      for (const language of languages) {
        const { sms, email } = texts[language];
        for (const text of [sms.headline, sms.line, email.subject, ...email.lines])
          expect(text.trim()).not.toBe('');
      }
    }
  });

  it('A-10: take the same arguments in every language', () => {
    for (const { texts } of templates) {
      const sets = languages.map((language) => {
        const { sms, email } = texts[language];
        const all = [
          sms.headline,
          sms.line,
          sms.tail ?? '',
          sms.shortTail ?? '',
          email.subject,
          ...email.lines,
        ];
        // Titles and sentences name services differently; English opens reports without the title.
        return [...new Set(all.flatMap((text) => compile(text).names))].sort().join(' ');
      });
      expect(new Set(sets).size).toBe(1);
    }
  });

  it('S-16: name only arguments that exist, in syntax that we take', () => {
    for (const [where, text] of everyText) {
      const unknown = compile(text).names.filter((name) => !argumentNames.includes(name));
      expect([where, unknown]).toEqual([where, []]);
    }
  });

  it('stand in NFC and in the alphabet of SMS, with no exclamation mark and no apostrophe, which ICU would eat', () => {
    for (const [where, text] of everyText) {
      expect([where, text.normalize('NFC')]).toEqual([where, text]);
      expect([where, smsSegments(text).foreign]).toEqual([where, []]);
      expect([where, /[!']/.test(text)]).toEqual([where, false]);
    }
  });

  it('A-6: list their facts, and the sample facts fit them', () => {
    for (const template of templates) {
      expect(
        misfits(
          fieldsFor(template, sampleFacts('nb', { previousEstimateAt: '2026-11-22T16:00Z' })),
          template.fieldTypes,
        ),
      ).toEqual([]);
    }
    expect(templateOf('e1').fieldTypes).toEqual({
      country: 'country',
      services: 'services',
      areas: 'areas',
      sentAt: 'instant',
      link: 'link-token',
    });
  });

  it('keep the headline of a push within 65 characters with the sample values', () => {
    const values = {
      servicesTitle: 'Mobilnettet',
      services: 'the mobile network',
      inArea: 'i Bergen og Askøy',
      estimate: 'ca. kl. 17:00',
    };
    const others = {
      estimateState: 'estimated',
      effect: 'outage',
      sentAt: 'kl. 14:10',
      reference: 'ORD-20417',
    };
    for (const { texts } of templates) {
      for (const language of languages) {
        expect(
          compile(texts[language].sms.headline).fill({ ...values, ...others }).length,
        ).toBeLessThanOrEqual(65);
      }
    }
  });
});

describe('phrases', () => {
  it('name only arguments that exist', () => {
    const textsIn = (value: unknown): readonly string[] =>
      typeof value === 'string' ? [value] : Object.values(value as object).flatMap(textsIn);
    for (const text of textsIn(phrases)) {
      expect(compile(text).names.filter((name) => !argumentNames.includes(name))).toEqual([]);
    }
  });
});
