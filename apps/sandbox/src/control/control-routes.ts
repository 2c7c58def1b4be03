import { clockMove, type TestClock } from '../clock/test-clock';
import { BadRequest, readJson, sendJson, sendLines, type Exchange } from '../http/exchange';
import { route, type Route } from '../http/router';
import { fingerprint } from '../ledger/digest';
import { sameness, type Ledger, type Sameness } from '../ledger/ledger';
import { emailMoods, smsMoods } from '../moods/mood';
import { mintOrder, mintToken } from '../oidc/mint';
import { deliveryRef } from '../twilio/new-message';
import type { World } from '../world';

/** What tests and the curious ask: moods, the ledger, the issuer's keys, the clock. JSON in, JSON out. */
export const controlRoutes = (world: World): Route[] => [
  ...moodRoutes(world),
  ...ledgerRoutes(world),
  ...issuerRoutes(world),
  ...clockRoutes(world),
  route('POST', '/control/reset', async ({ response }) => {
    world.smtp.reset();
    await world.twilio.reset();
    sendJson(response, 200, { reset: true });
  }),
];

const moodRoutes = ({ twilio, smtp }: World): Route[] => [
  route('GET', '/control/moods/sms', ({ response }) =>
    sendJson(response, 200, twilio.moods.settings),
  ),
  route('PUT', '/control/moods/sms', async ({ request, response }) => {
    twilio.moods.set(await readJson(request, smsMoods));
    sendJson(response, 200, twilio.moods.settings);
  }),
  route('GET', '/control/moods/email', ({ response }) =>
    sendJson(response, 200, smtp.moods.settings),
  ),
  route('PUT', '/control/moods/email', async ({ request, response }) => {
    smtp.moods.set(await readJson(request, emailMoods));
    sendJson(response, 200, smtp.moods.settings);
  }),
];

const ledgerRoutes = (world: World): Route[] => [
  route('GET', '/control/ledger', ({ response, query }) => {
    if (!query.has('kind')) return sendJson(response, 200, everything(world));
    const ledger = ledgerOf(world, query);
    sendJson(response, 200, { ...ledger.totals(), ...askedCounts(ledger, query) });
  }),
  route('GET', '/control/ledger/duplicates', ({ response, query }) => {
    const by = samenessOf(query);
    sendJson(response, 200, { by, duplicates: ledgerOf(world, query).duplicates(by) });
  }),
  route('GET', '/control/ledger/since/:n', ({ response, query, caught }) => {
    const from = Number(caught[0]);
    if (!Number.isSafeInteger(from) || from < 0)
      throw new BadRequest('Say from which number on: a whole number.');
    return sendLines(
      response,
      isEmail(query) ? mailsSince(world, from) : messagesSince(world, from),
    );
  }),
  route('GET', '/control/mail-log', ({ response, query }) => {
    const taken = world.smtp.store.withMessageId(query.get('messageId') ?? '');
    sendJson(response, 200, {
      taken: taken.map(({ queueId, to, at }) => ({ queueId, to, at: iso(at) })),
    });
  }),
  route('GET', '/control/violations', ({ response }) =>
    sendJson(response, 200, { violations: world.smtp.violations }),
  ),
];

const everything = ({ twilio, smtp }: World) => ({
  sms: { ...twilio.ledger.totals(), receipts: twilio.receipts.counts() },
  email: { ...smtp.ledger.totals(), violations: smtp.violations.length },
});

/** `to=` and `ref=` add how often that recipient, that delivery, was accepted. */
const askedCounts = (ledger: Ledger, query: URLSearchParams) => {
  const [to, ref] = [query.get('to'), query.get('ref')];
  return {
    ...(to === null ? {} : { acceptedFor: ledger.acceptedFor(to) }),
    ...(ref === null ? {} : { acceptedAs: ledger.acceptedAs(ref) }),
  };
};

function isEmail(query: URLSearchParams): boolean {
  const kind = query.get('kind') ?? 'sms';
  if (kind !== 'sms' && kind !== 'email') throw new BadRequest('kind is sms or email.');
  return kind === 'email';
}

const ledgerOf = ({ twilio, smtp }: World, query: URLSearchParams): Ledger =>
  isEmail(query) ? smtp.ledger : twilio.ledger;

function samenessOf(query: URLSearchParams): Sameness {
  const asked = query.get('by') ?? 'ref';
  const by = sameness.find((one) => one === asked);
  if (!by) throw new BadRequest(`by is one of: ${sameness.join('; ')}.`);
  return by;
}

const iso = (at: number): string => new Date(at).toISOString();

function* messagesSince({ twilio: { store } }: World, from: number) {
  for (let n = from; n < store.count; n += 1) {
    const { sid, to, body, statusCallback, validitySeconds, createdAt, status } = store.at(n);
    const hashes = { toHash: fingerprint(to), bodyHash: fingerprint(body) };
    const ref = deliveryRef(statusCallback);
    yield { n, sid, to, ...hashes, ref, status, validitySeconds, at: iso(createdAt) };
  }
}

function* mailsSince({ smtp: { store } }: World, from: number) {
  for (let n = from; n < store.count; n += 1) {
    const mail = store.at(n);
    if (!mail) return;
    const { queueId, to, subject, messageId, at } = mail;
    yield { n, queueId, to, toHash: fingerprint(to), subject, ref: messageId, at: iso(at) };
  }
}

const issuerRoutes = ({ issuer, clock }: World): Route[] => [
  route('POST', '/control/oidc/rotate-keys', async ({ response }) => {
    await issuer.rotateKeys();
    sendJson(response, 200, { current: issuer.keys[0]?.kid, withdrawn: issuer.keys[1]?.kid });
  }),
  route('POST', '/control/oidc/mint', async ({ request, response }) => {
    const order = await readJson(request, mintOrder);
    if (order.key === 'old' && issuer.keys.length < 2) {
      throw new BadRequest('There is no old key yet: POST /control/oidc/rotate-keys first.', 409);
    }
    sendJson(response, 200, { token: await mintToken(issuer, order, clock) });
  }),
];

const clockRoutes = ({ testClock }: World): Route[] => {
  const movable = (): TestClock => {
    if (testClock) return testClock;
    throw new BadRequest(
      'This sandbox has no movable clock: start it with SANDBOX_DATABASE_URL.',
      409,
    );
  };
  return [
    route('GET', '/control/clock', async ({ response }) =>
      sendJson(response, 200, await movable().read()),
    ),
    route('PUT', '/control/clock', async ({ request, response }: Exchange) => {
      const state = await movable().move(await readJson(request, clockMove));
      if (state.behind.length === 0) return sendJson(response, 200, state);
      const error = `The clock was moved, but ${state.behind.join(', ')} did not follow within five seconds.`;
      sendJson(response, 504, { error, ...state });
    }),
  ];
};
