/** What a person may be trusted with, as `identity.person_role` knows it. */
export const roles = [
  'operations-centre',
  'communications-author',
  'approver',
  'crisis-manager',
  'agent',
  'administrator',
  'viewer',
] as const;

/** One of {@link roles}. */
export type Role = (typeof roles)[number];

/** Everything that a route can ask for: the noun and the verb of the command line. */
export const permissions = [
  'incident.read',
  'incident.raise',
  'incident.update',
  'incident.confirm',
  'incident.resolve',
  'incident.cancel',
  'incident.merge',
  'incident.reopen',
  'audience.read',
  'message.read',
  'message.edit',
  'message.submit',
  'message.approve',
  'message.return',
  'message.reject',
  'template.read',
  'template.submit',
  'template.approve',
  'policy.read',
  'policy.submit',
  'policy.approve',
  'dispatch.read',
  'dispatch.halt',
  'dispatch.ask-release',
  'dispatch.release',
  'exercise.read',
  'exercise.start',
  'exercise.end',
  'source.read',
  'source.register',
  'intake.read',
  'intake.replay',
  'ledger.read',
  'person.read',
  'person.grant',
] as const;

/** One of {@link permissions}. */
export type Permission = (typeof permissions)[number];

const seesIncidents = ['incident.read', 'audience.read', 'exercise.read'] as const;
const seesMessages = [
  'message.read',
  'template.read',
  'policy.read',
  'dispatch.read',
  'ledger.read',
] as const;
// Whoever sees a wrong message leave may stop it; asking for the release is no right to release (A-11, S-39).
const stopsDispatches = ['dispatch.halt', 'dispatch.ask-release'] as const;
const leadsIncidents = [
  'incident.raise',
  'incident.update',
  'incident.confirm',
  'incident.resolve',
  'incident.cancel',
  'incident.merge',
  'incident.reopen',
] as const;

/**
 * The law of who may do what. No role both writes and approves a message; that author and approver are different people is the
 * database's law on top of it.
 *
 * @source S-2, S-6; `experience.md` §1
 */
export const permissionsOf = {
  'operations-centre': [
    ...seesIncidents,
    ...seesMessages,
    ...stopsDispatches,
    ...leadsIncidents,
    'source.read',
    'intake.read',
    'intake.replay',
  ],
  'communications-author': [
    ...seesIncidents,
    ...seesMessages,
    ...stopsDispatches,
    'message.edit',
    'message.submit',
    'template.submit',
    'policy.submit',
  ],
  approver: [
    ...seesIncidents,
    ...seesMessages,
    ...stopsDispatches,
    'dispatch.release',
    'message.approve',
    'message.return',
    'message.reject',
    'template.approve',
    'policy.approve',
  ],
  'crisis-manager': [
    ...seesIncidents,
    ...seesMessages,
    ...stopsDispatches,
    ...leadsIncidents,
    'dispatch.release',
    'policy.approve',
    'exercise.start',
    'exercise.end',
    'person.read',
  ],
  agent: [...seesIncidents],
  administrator: [
    ...seesIncidents,
    ...seesMessages,
    'dispatch.halt',
    'source.read',
    'source.register',
    'intake.read',
    'intake.replay',
    'person.read',
    'person.grant',
  ],
  viewer: [...seesIncidents, ...seesMessages, 'source.read', 'intake.read'],
} as const satisfies Readonly<Record<Role, readonly Permission[]>>;

/** The roles that hold a permission; never empty. */
export const rolesWith = (permission: Permission): readonly Role[] =>
  roles.filter((role) => (permissionsOf[role] as readonly Permission[]).includes(permission));
