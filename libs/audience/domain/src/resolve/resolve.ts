import type { RecipientClass, UnreachableReason } from '../vocabulary';
import { mergeAddresses, type Told } from './addresses';
import type { OptOutTopic } from '../import/words';
import { chooseChannels } from './channel-choice';
import { hitSubscriptions, type IncidentScope, type SubscriptionHit } from './hit';
import { recipientClass } from './recipient-class';
import {
  standing,
  waiting,
  type Occasion,
  type Snapshot,
  type Unreachable,
  type Voice,
} from './snapshot';
import { isMailThroughTheFault, isSmsThroughTheFault } from './through-the-fault';
import { contactsToTell } from './whom';
import {
  holdsOn,
  messageChannels,
  type Contact,
  type Customer,
  type Days,
  type MessageChannel,
  type World,
} from './world';

/** What is resolved. */
export interface ResolveRequest {
  readonly scope: IncidentScope;
  readonly occasion: Occasion;
  readonly topic: OptOutTopic;
  readonly isSafety: boolean;
  /** The last snapshot of the incident, and of those that were merged into it since; none for its first. */
  readonly previous: readonly Snapshot[];
  readonly days: Days;
}

interface Candidate {
  readonly contact: Contact;
  readonly customer: Customer;
  readonly class: RecipientClass;
  readonly isHit: boolean;
  readonly isOut: boolean;
}

/**
 * The law of who is told, as one pure function over the whole registers. The product does the same in SQL; a property test
 * holds the two together.
 *
 * @source invariants §2.5
 */
export function resolve(world: World, request: ResolveRequest): Snapshot {
  const hits =
    request.occasion === 'hit'
      ? hitSubscriptions(world, request.scope, request.days)
      : new Map<string, SubscriptionHit>();
  const register = registerOf(world, request.days, hits);
  const stood = standing(request.previous);
  const waited = waiting(request.previous);
  const stands = new Set(stood.map((voice) => voice.contact));
  const known = new Set([...stands, ...waited.flatMap((entry) => entry.contact ?? [])]);

  const candidates = [
    ...register.hitCustomers.flatMap((customer) => hitCandidates(register, customer)),
    ...(request.occasion === 'cancelled' ? [] : recovering(register, waited, stands)),
  ];
  const told: Told[] = [];
  const unreachable: Unreachable[] = register.hitCustomers
    .filter((customer) => register.toTell(customer).length === 0)
    .map((customer) => ({
      ...entryOf(register, customer),
      contact: undefined,
      group: waited.some((entry) => entry.customer === customer.id && entry.contact === undefined)
        ? 'still-hit'
        : 'newly-hit',
      reason: 'no-contact',
    }));
  for (const candidate of candidates) {
    const choice = choiceFor(register, candidate, request);
    if ('channels' in choice) {
      told.push(
        ...choice.channels.map((channel) =>
          toldOn(register, candidate, channel, stands.has(candidate.contact.n)),
        ),
      );
      continue;
    }
    unreachable.push({
      ...entryOf(register, candidate.customer),
      contact: candidate.contact.n,
      group: !candidate.isHit
        ? 'restored'
        : known.has(candidate.contact.n)
          ? 'still-hit'
          : 'newly-hit',
      reason: choice.reason,
    });
  }
  return withThoseWhoStood(register, stood, told, unreachable);
}

/** Adds whoever was told before: restored where the customer is hit no more, carried where no way to them is left. */
function withThoseWhoStood(
  register: Register,
  stood: readonly Voice[],
  told: readonly Told[],
  unreachable: readonly Unreachable[],
): Snapshot {
  const reached = new Set(told.filter((voice) => voice.isHit).map((voice) => voice.contact));
  const listed = new Set(unreachable.map((entry) => entry.contact));
  const isHit = (voice: Voice): boolean => register.isHit(voice.customer);
  const cut = stood.filter((voice) => isHit(voice) && !reached.has(voice.contact));
  const silent = new Set(cut.map(addressKey));
  // An address that still waits for somebody is not told the end.
  const held = stood.filter((voice) => !isHit(voice) && silent.has(addressKey(voice)));
  const restored = stood.filter((voice) => !isHit(voice) && !silent.has(addressKey(voice)));
  const nobodyNow = [...new Map(cut.map((voice) => [voice.contact, voice])).values()]
    .filter((voice) => !listed.has(voice.contact))
    .map((voice): Unreachable => ({
      customer: voice.customer,
      contact: voice.contact,
      class: register.classOf(voice.customer),
      isExercise: voice.isExercise,
      group: 'still-hit',
      reason: 'no-contact' satisfies UnreachableReason,
    }));
  return {
    members: mergeAddresses([
      ...told,
      ...restored.map((voice) => ({ ...plain(voice), isHit: false, stood: true })),
    ]),
    carried: [...cut, ...held].map(plain),
    unreachable: [...unreachable, ...nobodyNow],
  };
}

const addressKey = (voice: Voice): string => `${voice.channel} ${voice.address}`;

const plain = ({
  contact,
  channel,
  customer,
  class: c,
  language,
  country,
  isExercise,
  isOut,
  address,
}: Voice): Voice => ({
  contact,
  channel,
  customer,
  class: c,
  language,
  country,
  isExercise,
  isOut,
  address,
});

type Register = ReturnType<typeof registerOf>;

/** The registers with what the questions need at hand. */
function registerOf(world: World, days: Days, hits: ReadonlyMap<string, SubscriptionHit>) {
  const customers = new Map(world.customers.map((customer) => [customer.id, customer]));
  const holds = (customer: string, row: Parameters<typeof holdsOn>[0]): boolean =>
    holdsOn(row, days[customers.get(customer)?.country ?? ''] ?? '');
  const living = world.subscriptions.filter((subscription) =>
    holds(subscription.customer, subscription),
  );
  const lost = (subscription: { readonly id: string }): number =>
    hits.get(subscription.id)?.mask ?? 0;
  const hitOnes = world.subscriptions.filter((subscription) => hits.has(subscription.id));
  const hitCustomerIds = new Set(hitOnes.map((subscription) => subscription.customer));
  const hasAgreement = (customer: string): boolean =>
    world.agreements.some(
      (agreement) => agreement.customer === customer && holds(customer, agreement),
    );
  const contactsOf = (customer: string): Contact[] =>
    world.contacts.filter((contact) => contact.customer === customer && holds(customer, contact));
  const classOf = (id: string): RecipientClass => {
    const customer = customers.get(id);
    return customer ? recipientClass({ ...customer, hasAgreement: hasAgreement(id) }) : 3;
  };
  return {
    hitCustomers: world.customers.filter((customer) => hitCustomerIds.has(customer.id)),
    isHit: (customer: string) => hitCustomerIds.has(customer),
    isOut: (customer: string) =>
      hitOnes.some((one) => one.customer === customer && hits.get(one.id)?.isOut),
    classOf,
    customer: (id: string) => customers.get(id),
    isLiving: (customer: Customer) => holds(customer.id, customer),
    contactsOf,
    toTell: (customer: Customer) =>
      contactsToTell(
        { kind: customer.kind, hasAgreement: hasAgreement(customer.id) },
        contactsOf(customer.id),
      ),
    lostOfNumber: (number: string) => living.filter((one) => one.identifier === number).map(lost),
    lostOfCustomer: (customer: string) =>
      hitOnes.filter((one) => one.customer === customer).map(lost),
    soldTo: (customer: string) =>
      living
        .filter((one) => one.customer === customer)
        .map((one) => ({ services: one.services, lost: lost(one) })),
    /** Does a real customer's contact have this address? */
    isReal: (channel: MessageChannel, address: string) =>
      world.contacts.some(
        (contact) => contact[channel] === address && !customers.get(contact.customer)?.isExercise,
      ),
  };
}

const hitCandidates = (register: Register, customer: Customer): Candidate[] =>
  register.toTell(customer).map((contact) => ({
    contact,
    customer,
    class: register.classOf(customer.id),
    isHit: true,
    isOut: register.isOut(customer.id),
  }));

/** Whoever could not be told of the start because every way ran through the fault, and is hit no more. @source DL-14 */
function recovering(
  register: Register,
  waited: readonly Unreachable[],
  stands: ReadonlySet<number>,
): Candidate[] {
  const found = new Map<number, Candidate>();
  for (const entry of waited) {
    const customer = register.customer(entry.customer);
    if (entry.contact === undefined || entry.reason !== 'through-the-fault' || !customer) continue;
    if (stands.has(entry.contact) || register.isHit(customer.id) || !register.isLiving(customer))
      continue;
    const contact = register.contactsOf(customer.id).find((one) => one.n === entry.contact);
    if (!contact) continue;
    found.set(contact.n, {
      contact,
      customer,
      class: register.classOf(customer.id),
      isHit: false,
      isOut: false,
    });
  }
  return [...found.values()];
}

function choiceFor(
  register: Register,
  { contact, customer, class: c }: Candidate,
  request: ResolveRequest,
) {
  // Works are announced before they begin: until then every way is open.
  const isAhead = request.topic === 'planned-work';
  const smsLost =
    !isAhead &&
    contact.sms !== undefined &&
    isSmsThroughTheFault({
      elsewhere: contact.smsElsewhere,
      ofTheNumber: register.lostOfNumber(contact.sms),
      ofTheCustomer: register.lostOfCustomer(customer.id),
    });
  const mailLost = !isAhead && isMailThroughTheFault(customer.kind, register.soldTo(customer.id));
  return chooseChannels({
    class: c,
    order: contact.channels,
    addresses: messageChannels.filter((channel) => contact[channel] !== undefined),
    throughTheFault: [
      ...(smsLost ? (['sms'] as const) : []),
      ...(mailLost ? (['email'] as const) : []),
    ],
    optOuts: contact.optOuts,
    topic: request.topic,
    isSafety: request.isSafety,
  });
}

function toldOn(
  register: Register,
  candidate: Candidate,
  channel: MessageChannel,
  stood: boolean,
): Told {
  const { contact, customer } = candidate;
  const address = contact[channel] ?? '';
  return {
    contact: contact.n,
    channel,
    customer: customer.id,
    class: candidate.class,
    language: contact.language ?? customer.language,
    country: customer.country,
    isExercise: customer.isExercise && !register.isReal(channel, address),
    isOut: candidate.isOut,
    address,
    isHit: candidate.isHit,
    stood,
  };
}

const entryOf = (register: Register, customer: Customer) => ({
  customer: customer.id,
  class: register.classOf(customer.id),
  isExercise: customer.isExercise,
});
