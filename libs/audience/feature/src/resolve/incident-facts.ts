import type { IncidentFacts } from '@varde/contracts';

/** An outage of everything mobile in Norway that hits nobody yet, for tests: only what matters is spelled out. */
export const anIncident = (facts: Partial<IncidentFacts> = {}): IncidentFacts => ({
  incidentId: '00000000-0000-4000-8000-000000000001',
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
  emergencyCalls: 'unknown',
  nextUpdateBy: null,
  mergedInto: null,
  changedBy: null,
  changedAt: '2026-11-26T00:00:00Z',
  ...facts,
});
