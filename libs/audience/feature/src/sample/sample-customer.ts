import type { ImportCountry } from '@varde/audience-domain';
import { chanceOf, type Chance } from './chance';
import { businessName, mailbox, mobileNumber, personName } from './invented-names';
import { landmarks, type Landmark } from './landmark-customers';
import type { SampleHome } from './sample-network';

/** Lines for the files of one invented customer, cells in the order of `sampleHeaders`. */
export interface SampleRows {
  readonly customer: string;
  readonly subscriptions: readonly string[];
  readonly contacts: readonly string[];
  readonly agreement?: string;
}

/** Headers of the files. */
export const sampleHeaders = {
  customers: 'customer_id,kind,name,country,language,society,kam,exercise',
  subscriptions:
    'subscription_id,customer_id,services,elements,area,identifier,valid_from,valid_to',
  contacts:
    'contact_id,customer_id,name,language,role,sms,email,sms_operator,channels,quiet_from,quiet_to,opt_outs',
  agreements:
    'agreement_id,customer_id,level,base_agreement,binding_until,valid_from,valid_to,support_hours,kpi_target_percent,responsible,zones',
} as const;

/** Where an invented customer lives, and who else does. */
export interface SampleWorldFacts {
  readonly seed: number;
  readonly customerCount: number;
  /** The municipality of a customer by chance: likelier where more people live. */
  homeOf(chance: Chance): SampleHome;
  homeIn(area: string): SampleHome;
}

const mobileServices = 'mobile-voice|mobile-data|sms|emergency-call';
const exerciseEvery = 1000;
const leastExercise = 20;
// Second numbers of a business lie in the upper half of the series.
const secondSeries = 5_000_000;

/** Everything about customer number `number`, from 0. The same for the same seed. */
export function sampleCustomer(world: SampleWorldFacts, number: number): SampleRows {
  const landmark = landmarks[number];
  const chance = chanceOf(world.seed, number);
  if (landmark) return business(world, number, chance, landmark);
  return chance.percent(8) ? business(world, number, chance) : privatePerson(world, number, chance);
}

function isExercise(world: SampleWorldFacts, number: number): boolean {
  const every = Math.max(
    1,
    Math.min(exerciseEvery, Math.floor((world.customerCount - landmarks.length) / leastExercise)),
  );
  return number >= landmarks.length && (number - landmarks.length) % every === 0;
}

function privatePerson(world: SampleWorldFacts, number: number, chance: Chance): SampleRows {
  const home = world.homeOf(chance);
  const { country } = home;
  const id = idOf('c', number);
  const name = personName(chance, country);
  const hasMobile = chance.percent(88);
  const hasFixed = !hasMobile || chance.percent(12);
  const phone = mobileNumber(
    country,
    chance.percent(1) && number > landmarks.length ? number - 1 : number,
  );
  const subscriptions = [
    ...(hasMobile
      ? [mobileLine(`${idOf('s', number)}-1`, id, home, chance, mobileServices, phone)]
      : []),
    ...(hasFixed
      ? [
          fixedLine(
            `${idOf('s', number)}-2`,
            id,
            home,
            chance,
            chance.of(['broadband', 'broadband|tv', 'broadband|fixed-voice']),
            number,
          ),
        ]
      : []),
  ];
  const contact = contactLine(`${idOf('k', number)}-1`, id, name, 'subscriber', {
    sms: chance.percent(94) ? phone : '',
    email: chance.percent(82) ? mailbox(name, number) : '',
    // Somebody who has only broadband with us has the mobile elsewhere, more often than not.
    operator: (!hasMobile && chance.percent(60)) || chance.percent(1) ? 'other' : '',
    chance,
  });
  const exercise = isExercise(world, number) ? 'yes' : '';
  const customer = `${id},private,${name},${country},${languageOf(country, chance)},,,${exercise}`;
  return { customer, subscriptions, contacts: [contact] };
}

function business(
  world: SampleWorldFacts,
  number: number,
  chance: Chance,
  landmark?: Landmark,
): SampleRows {
  const home = landmark ? world.homeIn(landmark.area) : world.homeOf(chance);
  const { country } = home;
  const id = idOf('c', number);
  const name = landmark?.name ?? businessName(chance, country);
  const level = landmark
    ? landmark.agreement
    : chance.percent(6)
      ? chance.of(['bronze', 'silver', 'gold'] as const)
      : undefined;
  const phone = mobileNumber(country, number);
  const duty = mobileNumber(country, secondSeries + number);
  const subscription = (n: number): string => `${idOf('s', number)}-${n}`;
  const subscriptions = [mobileLine(subscription(1), id, home, chance, mobileServices, phone)];
  if (landmark || chance.percent(40)) {
    subscriptions.push(
      fixedLine(
        subscription(2),
        id,
        home,
        chance,
        chance.of(['broadband|hosted-switchboard', 'broadband|fixed-voice', 'broadband']),
        number,
      ),
    );
  }
  if (chance.percent(10))
    subscriptions.push(mobileLine(subscription(3), id, home, chance, 'iot', ''));
  const reach = (sms: string): Reach => ({
    sms,
    email: mailbox(name, number),
    operator: '',
    chance,
  });
  const contact = (n: number): string => `${idOf('k', number)}-${n}`;
  const person = personName(chance, country);
  const contacts = [
    contactLine(
      contact(1),
      id,
      person,
      chance.percent(80) || landmark ? 'technical' : 'subscriber',
      reach(phone),
    ),
    ...(landmark || chance.percent(15)
      ? [contactLine(contact(2), id, personName(chance, country), 'duty', reach(duty))]
      : []),
    ...(level
      ? [
          contactLine(
            contact(3),
            id,
            personName(chance, country),
            'telephone-responsible',
            reach(duty),
          ),
        ]
      : []),
  ];
  const kam = level || landmark ? chance.of(['north', 'west', 'south']) : '';
  const exercise = isExercise(world, number) ? 'yes' : '';
  const customer = `${id},business,${name},${country},${languageOf(country, chance)},${landmark?.society ?? ''},${kam},${exercise}`;
  if (!level) return { customer, subscriptions, contacts };
  const base = chance.of(['business', 'corporate', 'mobile-deal', 'association']);
  const hours = `${country.toLowerCase()}-${level === 'gold' ? 'always' : 'office'}`;
  const kpi = level === 'gold' ? '98.5' : '';
  const agreement = `${idOf('a', number)},${id},${level},${base},2031-12-31,2025-01-01,,${hours},${kpi},${contact(3)},${home.area}`;
  return { customer, subscriptions, contacts, agreement };
}

const idOf = (letter: string, number: number): string =>
  `${letter}-${String(number + 1).padStart(7, '0')}`;

function languageOf(country: ImportCountry, chance: Chance): string {
  if (chance.percent(4)) return 'en';
  if (country === 'NO') return chance.percent(11) ? 'nn' : 'nb';
  return country === 'SE' ? 'sv' : 'da';
}

function mobileLine(
  id: string,
  customer: string,
  home: SampleHome,
  chance: Chance,
  services: string,
  phone: string,
): string {
  const at = Math.floor(chance.next() * home.cells.length);
  const cells = [home.cells[at], home.cells[(at + 1) % home.cells.length]].slice(
    0,
    chance.percent(60) ? 2 : 1,
  );
  return `${id},${customer},${services},${cells.join('|')},${home.area},${phone},,`;
}

const fixedLine = (
  id: string,
  customer: string,
  home: SampleHome,
  chance: Chance,
  services: string,
  number: number,
): string =>
  `${id},${customer},${services},${chance.of(home.accessNodes)},${home.area},${home.country}-FB-${number},2020-01-01,`;

interface Reach {
  readonly sms: string;
  readonly email: string;
  readonly operator: string;
  readonly chance: Chance;
}

function contactLine(
  id: string,
  customer: string,
  name: string,
  role: string,
  reach: Reach,
): string {
  const { chance } = reach;
  const first = chance.next();
  const channels =
    first < 0.62 ? 'sms|email' : first < 0.87 ? 'email|sms' : first < 0.95 ? 'sms' : 'email';
  const quiet = chance.percent(5) ? '22:00,07:00' : ',';
  const optOut = chance.next();
  const optOuts = optOut < 0.02 ? 'outage' : optOut < 0.05 ? 'planned-work' : '';
  const language = chance.percent(2) ? 'en' : '';
  return `${id},${customer},${name},${language},${role},${reach.sms},${reach.email},${reach.operator},${channels},${quiet},${optOuts}`;
}
