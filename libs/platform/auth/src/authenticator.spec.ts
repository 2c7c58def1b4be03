import { instant, plus, seconds } from '@varde/kernel';
import { Authenticator } from './authenticator';
import type { HeldRole, PersonId } from './signed-in-person';

const personId = '5a4db0c5-0000-4000-8000-000000000002' as PersonId;
const start = instant(Date.UTC(2026, 10, 25, 3, 12));

/** Our records with one person, which count how often they were asked, and a clock that a spec moves. */
function records(held: HeldRole[]) {
  const state = { now: start, asked: 0, held };
  const authenticator = new Authenticator(
    {
      verify: (authorization) =>
        Promise.resolve({
          issuer: 'https://id.example',
          subject: authorization ?? '',
          clientId: 'varde-cli',
        }),
    },
    (_, subject) => {
      state.asked += 1;
      return Promise.resolve(
        subject.startsWith('maja')
          ? { personId, name: 'Maja Sand', held: [...state.held] }
          : undefined,
      );
    },
    { now: () => state.now },
  );
  return { authenticator, state };
}

describe('Authenticator', () => {
  it('S-3: takes two accounts of one human for one person with the roles of both', async () => {
    const { authenticator } = records([
      { role: 'communications-author' },
      { role: 'approver' },
      { role: 'approver', country: 'NO' },
    ]);
    const author = await authenticator.authenticate('maja.author', { acts: true });
    const approver = await authenticator.authenticate('maja.approver', { acts: true });
    expect(approver.personId).toBe(author.personId);
    expect(approver.roles).toEqual(['communications-author', 'approver']);
  });

  it('S-7: reads the rights anew for whoever acts', async () => {
    const { authenticator, state } = records([{ role: 'approver' }]);
    await authenticator.authenticate('maja', { acts: true });
    state.held = [];
    await expect(authenticator.authenticate('maja', { acts: true })).resolves.toMatchObject({
      roles: [],
    });
  });

  it('S-7: remembers the rights of a reader for 30 seconds at most', async () => {
    const { authenticator, state } = records([{ role: 'viewer' }]);
    await authenticator.authenticate('maja', { acts: false });
    state.now = plus(start, seconds(29));
    await authenticator.authenticate('maja', { acts: false });
    expect(state.asked).toBe(1);
    state.now = plus(start, seconds(30));
    await authenticator.authenticate('maja', { acts: false });
    expect(state.asked).toBe(2);
  });

  it('S-7: shows a reader what an act has just found out', async () => {
    const { authenticator, state } = records([{ role: 'viewer' }]);
    await authenticator.authenticate('maja', { acts: false });
    state.held = [];
    await authenticator.authenticate('maja', { acts: true });
    await expect(authenticator.authenticate('maja', { acts: false })).resolves.toMatchObject({
      roles: [],
    });
  });

  it('refuses an account that nobody registered', async () => {
    const { authenticator } = records([]);
    await expect(authenticator.authenticate('eve', { acts: false })).rejects.toMatchObject({
      code: 'account-unknown',
    });
  });
});
