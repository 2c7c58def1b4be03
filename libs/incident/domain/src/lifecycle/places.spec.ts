import { Refusal } from '@varde/kernel';
import { checkAlarms, checkPlaces } from './places';

const known = {
  countryOfElement: new Map([
    ['site/NO/1', 'NO'],
    ['site/SE/1', 'SE'],
  ]),
  areas: new Set(['NO-46', 'NO-4601', 'SE-14']),
};
const refusalOf = (work: () => void): string => {
  try {
    work();
  } catch (cause) {
    if (cause instanceof Refusal) return `${cause.field}: ${cause.code}`;
    throw cause;
  }
  return 'taken';
};

describe('places that a person names for an incident in Norway', () => {
  it.each([
    { areas: ['NO-46', 'NO-4601'], elements: ['site/NO/1'], becomes: 'taken' },
    { areas: ['NO'], elements: [], becomes: 'taken' },
    { areas: ['NO-9999'], elements: [], becomes: 'areas: area-unknown' },
    { areas: ['NOT-46'], elements: [], becomes: 'areas: area-unknown' },
    { areas: ['no-46'], elements: [], becomes: 'areas: area-unknown' },
    { areas: ['XX'], elements: [], becomes: 'areas: area-unknown' },
    { areas: ['NO-46', 'SE-14'], elements: [], becomes: 'areas: area-of-another-country' },
    { areas: ['SE'], elements: [], becomes: 'areas: area-of-another-country' },
    { areas: ['SE-9999'], elements: [], becomes: 'areas: area-of-another-country' },
    { areas: [], elements: ['site/NO/404'], becomes: 'elements: element-unknown' },
    { areas: ['NO'], elements: ['site/SE/1'], becomes: 'elements: element-of-another-country' },
  ])('A-9: areas $areas and elements $elements: $becomes', ({ areas, elements, becomes }) => {
    expect(refusalOf(() => checkPlaces('NO', { areas, elements }, known))).toBe(becomes);
  });

  it('names the one at fault, and no line breaks with it', () => {
    expect(() => checkPlaces('NO', { areas: ['NO-1\n2'], elements: [] }, known)).toThrow(
      'We know no area NO-1?2; correct areas.',
    );
  });
});

describe('alarms that a report names', () => {
  it('are refused where they were heard in another country only', () => {
    expect(refusalOf(() => checkAlarms('SE', []))).toBe('taken');
    expect(refusalOf(() => checkAlarms('SE', ['NO-RAN-1']))).toBe(
      'alarms: alarm-of-another-country',
    );
  });
});
