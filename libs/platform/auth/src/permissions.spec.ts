import { permissions, permissionsOf, roles, rolesWith, type Permission } from './permissions';

const holds = (role: (typeof roles)[number], permission: Permission): boolean =>
  rolesWith(permission).includes(role);

describe('permissionsOf', () => {
  it.each(permissions)('S-6: somebody may %s', (permission) => {
    expect(rolesWith(permission)).not.toEqual([]);
  });

  it.each(roles)('S-2: as %s nobody both writes and approves', (role) => {
    for (const noun of ['message', 'template', 'policy'] as const) {
      const writes = holds(role, `${noun}.submit`);
      expect(writes && holds(role, `${noun}.approve`)).toBe(false);
    }
    expect(holds(role, 'message.edit') && holds(role, 'message.approve')).toBe(false);
  });

  it('S-2: an administrator gives rights and uses none of them', () => {
    const acts = permissionsOf.administrator.filter((one) =>
      /approve|submit|edit|release|raise/.test(one),
    );
    expect(acts).toEqual([]);
  });

  it('whoever may ask for a release or approve may also halt', () => {
    for (const role of [...rolesWith('dispatch.ask-release'), ...rolesWith('message.approve')]) {
      expect(holds(role, 'dispatch.halt')).toBe(true);
    }
  });

  it('names nothing twice', () => {
    for (const role of roles)
      expect(new Set(permissionsOf[role]).size).toBe(permissionsOf[role].length);
  });
});
