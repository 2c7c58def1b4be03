import type { IncidentFacts } from '@varde/contracts';

/** An outage of everything mobile in the world of `world.sql.ts`. The library's own builder stands behind its fence. */
export const anOutage = (facts: Partial<IncidentFacts> = {}): IncidentFacts => ({
  incidentId: '00000000-0000-4000-8000-00000000000a',
  number: 'NO-2026-0001',
  version: 1,
  mode: 'ACTUAL',
  country: 'NO',
  kind: 'outage',
  phase: 'inProgress',
  severity: 'major',
  services: ['mobile-voice', 'mobile-data', 'sms'],
  elements: [],
  areas: [],
  startedAt: '2026-11-26T00:00:00Z',
  restoredAt: null,
  estimate: { status: 'none', restoreBy: null, previous: null, change: 'none' },
  cause: { status: 'unknown', group: null },
  emergencyCalls: 'notAffected',
  nextUpdateBy: null,
  mergedInto: null,
  changedBy: null,
  changedAt: '2026-11-26T00:00:00Z',
  ...facts,
});
