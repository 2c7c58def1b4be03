import {
  approvalResults,
  dispatchView,
  ledgerView,
  shownIncident,
  type ShownMessage,
} from '@varde/contracts';
import { ApiWorld } from './api-world.fixture';

let world: ApiWorld;
beforeAll(async () => {
  world = await ApiWorld.start();
  await world.person('operator', ['operations-centre']);
  await world.person('author', ['communications-author']);
  await world.person('second author', ['communications-author']);
  await world.person('approver', ['approver'], { accounts: ['approver', 'approver-at-home'] });
  await world.person('other approver', ['approver']);
  await world.person('both', ['communications-author', 'approver'], {
    accounts: ['both-1', 'both-2'],
  });
});
afterAll(() => world.close());

const reason = 'read it with the duty manager';
const own = (text: string): object => ({ texts: { nb: { sms: text } } });
const words = 'Mobilnettet er nede i Vestland. Vi retter feilen. Neste melding senest kl. 14.';

/** A draft to the critical classes, of a new incident. */
async function aDraft(given: Record<string, unknown> = {}): Promise<ShownMessage> {
  const raised = await world.post<{ incidentId: string }>(
    '/v1/incidents',
    'operator',
    world.aRaise(given),
  );
  expect(raised.status).toBe(201);
  const [draft] = await world.audienceResolved(raised.body.incidentId);
  if (!draft) throw new Error('Nothing was drafted.');
  return draft;
}

/** The same, in somebody's own words and submitted by them. */
async function aSubmitted(by: string, given: Record<string, unknown> = {}): Promise<ShownMessage> {
  const draft = await aDraft(given);
  await edited(draft, by);
  const answer = await world.post<ShownMessage>(`/v1/messages/${draft.messageId}/submit`, by, {});
  expect(answer).toMatchObject({ status: 200, body: { state: 'submitted' } });
  return answer.body;
}

async function edited(draft: ShownMessage, by: string): Promise<ShownMessage> {
  const answer = await world.post<ShownMessage>(`/v1/messages/${draft.messageId}/edit`, by, {
    basedOnVersion: draft.version,
    ...own(words),
  });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
}

const approvalOf = ({ messageId, version, contentSha256, reach }: ShownMessage): object => ({
  approvals: [{ messageId, version, contentSha256, reach }],
  reason,
});

describe('an approval', () => {
  it('A-1: of a colleague dispatches, and the reason stands in the history', async () => {
    const message = await aSubmitted('author');
    const answer = await world.post('/v1/messages/approve', 'approver', approvalOf(message));
    expect(answer.status).toBe(200);
    const [result] = approvalResults.parse(answer.body).results;
    expect(result).toMatchObject({
      approvalsGiven: 1,
      approvalsNeeded: 1,
      dispatchId: expect.any(String),
    });
    const shown = await world.shown(message.messageId);
    expect(shown).toMatchObject({ state: 'dispatched', dispatchId: result?.dispatchId });
    expect(shown.history).toContainEqual(
      expect.objectContaining({ what: 'approved', by: world.idOf('approver'), reason }),
    );
    const dispatch = await world.get(`/v1/dispatches/${result?.dispatchId}`, 'onlooker');
    expect(dispatchView.parse(dispatch.body)).toMatchObject({
      messageId: message.messageId,
      reach: 10,
      isPlanned: false,
      startedBy: world.idOf('approver'),
    });
    const told = await world.looking.query(
      `select type from platform.outbox where type = 'message.dispatched.v1' and payload ->> 'messageId' = $1`,
      [message.messageId],
    );
    expect(told).toHaveLength(1);
  });

  it('DL-2: leaves the ledger out of balance until somebody has made rows of it', async () => {
    const message = await aSubmitted('author');
    const answer = await world.post('/v1/messages/approve', 'approver', approvalOf(message));
    const [result] = approvalResults.parse(answer.body).results;
    const ledger = await world.get(`/v1/ledger?incident=${message.incidentId}`, 'onlooker');
    expect(ledgerView.parse(ledger.body)).toMatchObject({
      lines: [],
      faults: [{ law: 'DL-2', dispatchId: result?.dispatchId }],
      balances: false,
    });
  });

  it('A-2: of its author is refused in words, by the database', async () => {
    const message = await aSubmitted('both');
    const refused = await world.refused('/v1/messages/approve', 'both', approvalOf(message));
    expect(refused).toMatchObject({
      status: 403,
      code: 'approver-is-author',
      type: 'urn:varde:refusal:approver-is-author',
    });
    expect(refused.detail).toMatch(/^Whoever wrote a version of this message cannot approve it\./);
    expect((await world.shown(message.messageId)).approvals).toEqual([]);
  });

  it('S-3: of its author under another account is refused: persons are compared', async () => {
    const message = await aSubmitted('both');
    const refused = await world.refused('/v1/messages/approve', 'both', approvalOf(message), {
      account: 'both-2',
    });
    expect(refused).toMatchObject({ status: 403, code: 'approver-is-author' });
  });

  it('UX-04: of whoever submitted it is refused', async () => {
    const draft = await aDraft();
    await edited(draft, 'author');
    const submitted = await world.post<ShownMessage>(
      `/v1/messages/${draft.messageId}/submit`,
      'both',
      { note: 'for the night' },
    );
    const refused = await world.refused('/v1/messages/approve', 'both', approvalOf(submitted.body));
    expect(refused).toMatchObject({ status: 403, code: 'approver-submitted' });
  });

  it('UX-04: a return needs a reason, and whoever returned it does not rewrite it', async () => {
    const message = await aSubmitted('author');
    const path = `/v1/messages/${message.messageId}`;
    expect(await world.refused(`${path}/return`, 'both', {})).toMatchObject({
      status: 400,
      field: 'reason',
    });
    expect((await world.post(`${path}/return`, 'both', { reason: 'say which area' })).status).toBe(
      200,
    );
    const refused = await world.refused(`${path}/edit`, 'both', {
      basedOnVersion: message.version,
      ...own(words),
    });
    expect(refused).toMatchObject({ status: 403, code: 'editor-returned-it' });
    expect(
      (
        await world.post(`${path}/edit`, 'second author', {
          basedOnVersion: message.version,
          ...own(words),
        })
      ).status,
    ).toBe(200);
  });

  it('A-3: of other words, another version or another number of people is refused', async () => {
    const message = await aSubmitted('author');
    const asked = (given: Partial<ShownMessage>) =>
      world.refused('/v1/messages/approve', 'approver', approvalOf({ ...message, ...given }));
    expect(await asked({ contentSha256: '0'.repeat(64) })).toMatchObject({
      status: 412,
      code: 'another-version-was-read',
    });
    expect(await asked({ version: message.version - 1 })).toMatchObject({
      status: 412,
      code: 'another-version-was-read',
    });
    expect(await asked({ reach: message.reach + 1 })).toMatchObject({
      code: 'reach-not-confirmed',
    });
    expect((await world.shown(message.messageId)).approvals).toEqual([]);
  });

  it('UX-05: of several messages is one act: all of them, or none', async () => {
    const one = await aSubmitted('author');
    const other = await aSubmitted('both');
    const approvals = [one, other].map(({ messageId, version, contentSha256, reach }) => ({
      messageId,
      version,
      contentSha256,
      reach,
    }));
    expect(
      await world.refused('/v1/messages/approve', 'both', { approvals, reason }),
    ).toMatchObject({ code: 'approver-is-author' });
    expect((await world.shown(one.messageId)).approvals).toEqual([]);
    const answer = await world.post('/v1/messages/approve', 'approver', { approvals, reason });
    expect(
      approvalResults.parse(answer.body).results.every((result) => result.dispatchId !== null),
    ).toBe(true);
  });

  it('refuses the same message twice in one act', async () => {
    const { messageId, version, contentSha256, reach } = await aSubmitted('author');
    const approval = { messageId, version, contentSha256, reach };
    const refused = await world.refused('/v1/messages/approve', 'approver', {
      approvals: [approval, approval],
      reason,
    });
    expect(refused).toMatchObject({ status: 422, code: 'approved-twice-in-one-act' });
  });

  it('A-4, S-3: above 100,000 people needs two, and the second is another person', async () => {
    const raised = await world.post<{ incidentId: string }>(
      '/v1/incidents',
      'operator',
      world.aRaise({ areas: ['NO'] }),
    );
    const [message] = await world.audienceResolved(raised.body.incidentId);
    if (!message) throw new Error('Nothing was drafted.');
    await edited(message, 'author');
    const { body } = await world.post<ShownMessage>(
      `/v1/messages/${message.messageId}/submit`,
      'author',
      {},
    );
    const first = await world.post('/v1/messages/approve', 'approver', approvalOf(body));
    expect(approvalResults.parse(first.body).results[0]).toMatchObject({
      approvalsGiven: 1,
      approvalsNeeded: 2,
      dispatchId: null,
    });
    expect(await world.refused('/v1/messages/approve', 'approver', approvalOf(body))).toMatchObject(
      { status: 403, code: 'approved-already-by-you' },
    );
    // S-3: the second pair of eyes is not the same human under another account.
    const otherAccount = { account: 'approver-at-home' };
    expect(
      await world.refused('/v1/messages/approve', 'approver', approvalOf(body), otherAccount),
    ).toMatchObject({ status: 403, code: 'approved-already-by-you' });
    const second = await world.post('/v1/messages/approve', 'other approver', approvalOf(body));
    expect(approvalResults.parse(second.body).results[0]).toMatchObject({
      approvalsGiven: 2,
      dispatchId: expect.any(String),
    });
  });

  it('S-1: needs a sign-in that was made for it', async () => {
    const message = await aSubmitted('author');
    const refused = await world.refused('/v1/messages/approve', 'approver', approvalOf(message), {
      isFresh: false,
    });
    expect(refused).toMatchObject({ status: 401, code: 'fresh-sign-in-needed' });
  });

  it('S-7: is refused from the moment that the role is taken away, while the draft is open', async () => {
    const message = await aSubmitted('author');
    const { personId } = await world.person('leaver', ['approver']);
    expect((await world.get(`/v1/messages/${message.messageId}`, 'leaver')).status).toBe(200);
    await world.looking.query(
      `update identity.person_role set role = 'viewer' where person_id = $1`,
      [personId],
    );
    expect(
      await world.refused('/v1/messages/approve', 'leaver', approvalOf(message)),
    ).toMatchObject({ status: 403, code: 'right-missing' });
  });
});

describe('a message', () => {
  it('UX-20: is not overwritten by whoever read an older version', async () => {
    const draft = await aDraft();
    await edited(draft, 'author');
    const refused = await world.refused(`/v1/messages/${draft.messageId}/edit`, 'second author', {
      basedOnVersion: draft.version,
      ...own(words),
    });
    expect(refused).toMatchObject({ status: 412, code: 'edited-meanwhile' });
  });

  it('S-16: takes a person’s words as words: a template in an edit is refused', async () => {
    const draft = await aDraft();
    const refused = await world.refused(`/v1/messages/${draft.messageId}/edit`, 'author', {
      basedOnVersion: draft.version,
      texts: { nb: { sms: { headline: '{area}', line: '{services}', segments: 1 } } },
    });
    expect(refused).toMatchObject({ status: 400, code: 'request-invalid' });
  });

  it('A-10: is not submitted while something in it blocks, and is told what', async () => {
    const draft = await aDraft();
    await world.post(`/v1/messages/${draft.messageId}/edit`, 'author', {
      basedOnVersion: draft.version,
      ...own('Se http://evil.example'),
    });
    const refused = await world.refused(`/v1/messages/${draft.messageId}/submit`, 'author', {});
    expect(refused).toMatchObject({ code: 'content-incomplete', status: 422 });
    expect(refused.facts?.problems).not.toEqual([]);
  });

  it('is rejected with a reason, and found by its state and its incident', async () => {
    const draft = await aDraft();
    expect(
      (
        await world.post(`/v1/messages/${draft.messageId}/reject`, 'approver', {
          reason: 'nobody is hit',
        })
      ).status,
    ).toBe(200);
    const list = await world.get<{ messages: ShownMessage[] }>(
      `/v1/messages?incident=${draft.incidentId}&state=rejected`,
      'onlooker',
    );
    expect(list.body.messages.map((one) => one.messageId)).toEqual([draft.messageId]);
    const refused = await world.refused(`/v1/messages/${draft.messageId}/submit`, 'author', {});
    expect(refused).toMatchObject({ status: 409, code: 'draft-rejected' });
  });

  it('answers 404 where there is none', async () => {
    const answer = await world.get('/v1/messages/5a4db0c5-0000-4000-8000-0000000000ff', 'onlooker');
    expect(answer).toMatchObject({ status: 404, body: { code: 'message-unknown' } });
  });
});

describe('an incident with an audience', () => {
  it('shows who is affected by channel, language and class, and why not', async () => {
    const draft = await aDraft();
    const answer = await world.get(`/v1/incidents/${draft.incidentNumber}`, 'onlooker');
    const { audience, incident } = shownIncident.parse(answer.body);
    expect(audience).toMatchObject({ snapshotVersion: 1, reachableCount: 30, unreachableCount: 2 });
    expect(audience?.unreachable).toEqual([
      { group: 'newly-hit', class: 3, reason: 'no-address', count: 2 },
    ]);
    expect(incident.incidentId).toBe(draft.incidentId);
  });
});
