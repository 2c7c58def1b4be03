import { hitSubscriptions, wholeCounties, type IncidentScope } from './hit';
import { serviceMask } from './service-mask';
import type { Customer, Subscription, World } from './world';

const mobile = serviceMask(['mobile-voice', 'mobile-data', 'sms']);
const line = serviceMask(['broadband']);
const days = { NO: '2026-11-26' };

const aCustomer = (customer: Partial<Customer> = {}): Customer => ({
  id: 'C1',
  kind: 'private',
  country: 'NO',
  language: 'nb',
  isExercise: false,
  ...customer,
});

const aSubscription = (subscription: Partial<Subscription>): Subscription => ({
  id: 's',
  customer: 'C1',
  services: mobile,
  elements: [],
  ...subscription,
});

const aWorld = (subscription: Partial<Subscription>, customer: Partial<Customer> = {}): World => ({
  areas: [
    { code: 'NO', level: 'country', country: 'NO' },
    { code: 'NO-46', parent: 'NO', level: 'county', country: 'NO' },
    { code: 'NO-4601', parent: 'NO-46', level: 'municipality', country: 'NO' },
    { code: 'NO-4627', parent: 'NO-46', level: 'municipality', country: 'NO' },
    {
      code: 'NO-4602',
      parent: 'NO-46',
      level: 'municipality',
      country: 'NO',
      validTo: '2019-12-31',
    },
  ],
  elements: [
    { id: 'core', area: 'NO', services: serviceMask(['mobile-voice', 'sms']) },
    { id: 'site', parent: 'core', area: 'NO-4601', services: mobile },
    { id: 'cell-1', parent: 'site', area: 'NO-4601', services: mobile },
    { id: 'cell-2', parent: 'site', area: 'NO-4627', services: mobile },
    { id: 'gone', parent: 'site', area: 'NO-4601', services: mobile, endedOn: '2026-11-26' },
    { id: 'access', area: 'NO-4601', services: line },
  ],
  customers: [aCustomer(customer)],
  subscriptions: [aSubscription(subscription)],
  contacts: [],
  agreements: [],
});

const at = (scope: Partial<IncidentScope>): IncidentScope => ({
  mode: 'ACTUAL',
  services: mobile | line,
  elements: [],
  areas: [],
  ...scope,
});

const hitIn = (world: World, scope: Partial<IncidentScope>) =>
  hitSubscriptions(world, at(scope), days).get('s');

describe('hitSubscriptions', () => {
  it('D-04: takes everything below a named element, in the services that the named one carries', () => {
    expect(hitIn(aWorld({ elements: ['cell-1'] }), { elements: ['core'] })).toEqual({
      mask: serviceMask(['mobile-voice', 'sms']),
      isOut: true,
    });
  });

  it('is limited to the services of the incident and of the subscription', () => {
    expect(
      hitIn(aWorld({ elements: ['cell-1'] }), {
        elements: ['site'],
        services: serviceMask(['sms', 'tv']),
      }),
    ).toEqual({ mask: serviceMask(['sms']), isOut: true });
    expect(
      hitIn(aWorld({ elements: ['cell-1'] }), {
        elements: ['site'],
        services: serviceMask(['tv']),
      }),
    ).toBeUndefined();
  });

  it('is out by the first element and partly by any other', () => {
    expect(hitIn(aWorld({ elements: ['cell-1', 'cell-2'] }), { elements: ['cell-1'] })?.isOut).toBe(
      true,
    );
    expect(hitIn(aWorld({ elements: ['cell-1', 'cell-2'] }), { elements: ['cell-2'] })?.isOut).toBe(
      false,
    );
  });

  it('is out by its own area, and by the place of an element as by the element', () => {
    expect(hitIn(aWorld({ area: 'NO-4601' }), { areas: ['NO-46'] })).toEqual({
      mask: mobile,
      isOut: true,
    });
    expect(hitIn(aWorld({ elements: ['cell-1', 'cell-2'] }), { areas: ['NO-4627'] })).toEqual({
      mask: mobile,
      isOut: false,
    });
  });

  it('A-9: an incident that names nothing hits nobody', () => {
    expect(hitIn(aWorld({ elements: ['cell-1'], area: 'NO-4601' }), {})).toBeUndefined();
    expect(
      hitIn(aWorld({ elements: ['cell-1'] }), { elements: ['unknown'], areas: ['XX'] }),
    ).toBeUndefined();
  });

  it('counts the last day as valid, and what ended on a day as gone on it', () => {
    const hit = { elements: ['cell-1'] };
    expect(hitIn(aWorld({ ...hit, validTo: '2026-11-26' }), { elements: ['site'] })).toBeDefined();
    expect(
      hitIn(aWorld({ ...hit, validTo: '2026-11-25' }), { elements: ['site'] }),
    ).toBeUndefined();
    expect(
      hitIn(aWorld({ ...hit, validFrom: '2026-11-27' }), { elements: ['site'] }),
    ).toBeUndefined();
    expect(hitIn(aWorld(hit, { endedOn: '2026-11-26' }), { elements: ['site'] })).toBeUndefined();
    expect(hitIn(aWorld({ elements: ['gone'] }), { elements: ['site'] })).toBeUndefined();
  });

  it('A-8: an exercise customer is hit in exercises only', () => {
    const world = aWorld({ elements: ['cell-1'] }, { isExercise: true });
    expect(hitIn(world, { elements: ['site'] })).toBeUndefined();
    expect(hitIn(world, { elements: ['site'], mode: 'EXERCISE' })).toBeDefined();
  });
});

describe('wholeCounties', () => {
  it.each([
    { law: 'the county itself', areas: ['NO-46'], whole: ['NO-46'] },
    { law: 'the whole country', areas: ['NO'], whole: ['NO-46'] },
    {
      law: 'every municipality that exists today',
      areas: ['NO-4601', 'NO-4627'],
      whole: ['NO-46'],
    },
    { law: 'one municipality is not the county', areas: ['NO-4601'], whole: [] },
    { law: 'elements never make a whole county', areas: [], whole: [] },
  ])('$law', ({ areas, whole }) => {
    expect(wholeCounties(aWorld({}), at({ areas, elements: ['core'] }), days)).toEqual(whole);
  });
});
