import { fieldTypes, misfits, type FieldType } from './field-types';
import { compile } from './icu';
import { payloads } from './payloads.cases';
import { renderEmail, renderSms } from './render';
import { aRendering } from './testing';
import { languages } from './vocabulary';

const ran = (): unknown => (globalThis as Readonly<Record<string, unknown>>)['varde_payload_ran'];
afterEach(() => expect(ran()).toBeUndefined());

describe('a value that wants to be a template', () => {
  it.each(payloads)('S-16: %s is printed in every language, as it is', (_what, payload) => {
    for (const language of languages) {
      const names = { nb: payload, nn: payload, sv: payload, da: payload, en: payload };
      const areas = [{ code: 'NO-4601', level: 'municipality', names }] as const;
      const facts = { country: 'NO', areas: 'NO-4601' };
      const rendering = aRendering('a1', language, { areas, facts });
      expect(renderEmail(rendering).text).toContain(payload);
      expect(renderSms(rendering).sms).toContain(payload);
    }
  });

  it.each(payloads)('S-16: %s in a person’s own words is printed, as it is', (_what, payload) => {
    const texts = { nb: { sms: payload, email: { subject: payload, text: payload } } };
    const rendering = { ...aRendering('a1', 'nb'), texts };
    expect(renderSms(rendering).sms).toBe(payload);
    expect(renderEmail(rendering)).toMatchObject({ subject: payload, text: payload });
  });

  it.each(payloads)('S-16: %s fits no field of a pre-approved text', (_what, payload) => {
    for (const type of Object.keys(fieldTypes) as FieldType[])
      expect([type, misfits({ x: payload }, { x: type })]).toEqual([type, ['x']]);
  });
});

// A template may name the arguments that it is given, and hide a brace; what has no brace is letters. Nothing else of the list can be read.
const readable: Readonly<Record<string, string>> = {
  '}': '}',
  "<%= process.mainModule.require('child_process') %>":
    "<%= process.mainModule.require('child_process') %>",
  '{link}': 'v.example',
  '<b>{link}</b>': '<b>v.example</b>',
  "'{link}' ''{link}''": "{link} 'v.example'",
};

describe('a template that wants more than its arguments', () => {
  const fill = (payload: string): string => {
    const given = Object.assign(Object.create(null) as Record<string, string>, {
      link: 'v.example',
    });
    return compile(payload).fill(given);
  };

  it.each(payloads)('S-16: %s fills in what was given, or is refused', (_what, payload) => {
    const expected = readable[payload];
    if (expected !== undefined) return expect(fill(payload)).toBe(expected);
    const refusal = /^(?:template-not-readable|argument-unknown)$/;
    expect(() => fill(payload)).toThrow(
      expect.objectContaining({ name: 'Refusal', code: expect.stringMatching(refusal) as string }),
    );
  });
});
