import { people, roles } from './people';

describe('people', () => {
  it('S-3: one human has two accounts, and nobody else has', () => {
    const accountsOf = (personId: string) => people.filter((one) => one.personId === personId);
    const doubled = people.filter(({ personId }) => accountsOf(personId).length > 1);
    expect(doubled.map(({ accountName }) => accountName)).toEqual(['maja.author', 'maja.approver']);
  });

  it('has every role, two authors, three approvers who are other people, two crisis managers, two administrators', () => {
    const humansWith = (role: string): number =>
      new Set(people.filter((one) => one.roles.some((r) => r === role)).map((one) => one.personId))
        .size;
    expect(Object.fromEntries(roles.map((role) => [role, humansWith(role)]))).toEqual({
      'operations-centre': 2,
      'communications-author': 2,
      approver: 4,
      'crisis-manager': 3,
      agent: 1,
      administrator: 2,
      viewer: 1,
    });
  });

  it('gives each account a name and a subject of its own', () => {
    expect(new Set(people.map(({ sub }) => sub)).size).toBe(people.length);
    expect(new Set(people.map(({ accountName }) => accountName)).size).toBe(people.length);
  });

  it('uses invented addresses and numbers only', () => {
    for (const { email, phone } of people) {
      expect(email).toMatch(/\.example$/);
      expect(phone).toMatch(/^\+(479000|4670174|452000)\d+$/);
    }
  });
});
