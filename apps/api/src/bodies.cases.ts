const id = '5a4db0c5-0000-4000-8000-0000000000ff';
const reason = 'because a test says so';
const gate = { scope: 'all', id: '*', reason };

/** For each route that takes a body, one that it accepts, with every nested object that it knows. Ids in it are unknown. */
export const bodies: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'POST /v1/incidents': {
    mode: 'TEST',
    country: 'NO',
    services: ['sms'],
    areas: ['NO-46'],
    startedAt: '2026-01-01T01:00:00Z',
    cause: { status: 'unknown' },
    estimate: { status: 'none' },
    window: { from: '2026-01-01T01:00:00Z', to: '2026-01-01T02:00:00Z' },
    severity: { severity: 'major', reason },
  },
  'POST /v1/incidents/:id/update': {
    cause: { status: 'unknown' },
    estimate: { status: 'none' },
    window: { from: '2026-01-01T01:00:00Z', to: '2026-01-01T02:00:00Z' },
    severity: { severity: 'major', reason },
  },
  'POST /v1/incidents/:id/resolve': {},
  'POST /v1/incidents/:id/confirm': {},
  'POST /v1/incidents/:id/cancel': { reason },
  'POST /v1/incidents/:id/merge': { into: id, reason },
  'POST /v1/incidents/:id/reopen': { reason },
  'POST /v1/messages/approve': {
    approvals: [{ messageId: id, version: 1, contentSha256: '0'.repeat(64), reach: 1 }],
    reason,
  },
  'POST /v1/messages/:id/edit': {
    basedOnVersion: 1,
    texts: { nb: { sms: 'Ord.', email: { subject: 'Emne', text: 'Ord.' } } },
  },
  'POST /v1/messages/:id/submit': {},
  'POST /v1/messages/:id/return': { reason },
  'POST /v1/messages/:id/reject': { reason },
  'POST /v1/templates/submit': { template: 'unknown' },
  'POST /v1/templates/:template/:version/approve': {},
  'POST /v1/policies/submit': {
    template: 'unknown',
    templateVersion: 1,
    classes: [0],
    channels: ['sms'],
    maxReach: 1,
    expiresAt: '2036-01-01T00:00:00Z',
  },
  'POST /v1/policies/:id/approve': {},
  'POST /v1/gates/halt': gate,
  'POST /v1/gates/ask-release': gate,
  'POST /v1/gates/release': gate,
  'POST /v1/exercises/start': { country: 'DK' },
  'POST /v1/exercises/end': { country: 'DK' },
  'POST /v1/sources/register': {
    id: 'desk-unknown',
    topic: 'network.unknown',
    dialect: 'ves-7',
    country: 'DK',
    mode: 'TEST',
    rights: ['alarms'],
    causeNumbers: { '1': 'powerProblem' },
  },
  'POST /v1/intake/dead-letters/:n/replay': {},
};
