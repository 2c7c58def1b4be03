import type { AudienceView, IncidentView, ShownIncidentView } from '@varde/contracts';
import { counted, grouped, localTime, table } from '../words';

/** What became of an incident, in one line. */
export const changedLine = (incident: IncidentView): string =>
  `${incident.number}  ${incident.mode}  ${incident.phase}, ${incident.severity.inForce}, version ${incident.version}`;

/** Incidents as people read them. */
export const incidentTable = (incidents: readonly IncidentView[]): string[] =>
  incidents.length === 0
    ? ['No incident. When the network reports one, it stands here.']
    : table([
        ['number', 'mode', 'severity', 'phase', 'since', 'services', 'where'],
        ...incidents.map((one) => [
          one.number,
          one.mode,
          one.severity.inForce,
          one.phase,
          localTime(one.startedAt, one.country),
          one.services.join(' '),
          placesOf(one, 3),
        ]),
      ]);

/** One incident in full: what it is, whom it hits, what happened. */
export function incidentLines({ incident, audience, timeline }: ShownIncidentView): string[] {
  const { number, mode, phase, severity, country } = incident;
  return [
    `${number}  ${mode}  ${severity.inForce}  ${phase}`,
    ...timesOf(incident),
    ...otherFacts(incident),
    ...severity.reasons.map((reason) => `  ${severity.derived}, because ${reason}`),
    ...(severity.stated
      ? [`  ${severity.stated.severity} as stated: ${severity.stated.reason ?? 'no reason'}`]
      : []),
    ...audienceLines(audience),
    'What happened:',
    ...timeline.map(
      ({ at, type, by }) => `  ${localTime(at, country)}  ${type}, by ${actorWord(by)}`,
    ),
  ];
}

/** Whoever did it, as colleagues call them: a person by name, a desk by its own reference, the rest is the system itself. */
function actorWord(by: ShownIncidentView['timeline'][number]['by']): string {
  if (by.kind === 'person') return by.name ?? `person ${by.personId ?? 'unknown'}`;
  return by.kind === 'desk' ? `${by.operator ?? 'somebody'} at ${by.system ?? 'a desk'}` : 'a rule';
}

/** Since when, and until when. Planned works have their window, and nobody waits for them to be back. */
function timesOf(incident: IncidentView): string[] {
  const { kind, window, startedAt, country } = incident;
  const what = `${incident.services.join(', ')} in ${placesOf(incident, 10)}`;
  if (kind === 'planned' && window !== null)
    return [
      `planned works, ${localTime(window.from, country)} to ${localTime(window.to, country)}: ${what}`,
    ];
  return [`since ${localTime(startedAt, country)}: ${what}`, estimateLine(incident)];
}

function estimateLine({ estimate, nextUpdateBy, country }: IncidentView): string {
  const next = nextUpdateBy === null ? 'none is promised' : localTime(nextUpdateBy, country);
  return estimate.restoreBy === null
    ? `back: not known yet; next update: ${next}`
    : `back: ${localTime(estimate.restoreBy, country)} (${estimate.status}); next update: ${next}`;
}

/** What was said beyond what every incident has; what is not known is left out. */
function otherFacts(incident: IncidentView): string[] {
  const { kind, cause, emergencyCalls, malicious, crossBorder, window, note, country } = incident;
  return [
    ...(cause.code === null ? [] : [`cause: ${cause.code} (${cause.status})`]),
    ...(emergencyCalls === 'unknown' ? [] : [`emergency calls: ${emergencyCalls}`]),
    ...(malicious === 'unknown' ? [] : [`malicious: ${malicious}`]),
    ...(crossBorder === 'unknown' ? [] : [`across borders: ${crossBorder}`]),
    ...(window === null || kind === 'planned'
      ? []
      : [`window: ${localTime(window.from, country)} to ${localTime(window.to, country)}`]),
    ...(note === null ? [] : [`for colleagues: ${note}`]),
  ];
}

const placesOf = ({ areas, elements }: IncidentView, most: number): string => {
  const places = [...areas, ...elements];
  const rest = places.length - most;
  return `${places.slice(0, most).join(' ')}${rest > 0 ? ` and ${rest} more` : ''}`;
};

function audienceLines(audience: AudienceView | null): string[] {
  if (audience === null) return ['Whom it hits is not known yet.'];
  return [
    `${counted(audience.reachableCount, 'address', 'addresses')} can be told, ${counted(audience.unreachableCount, 'person', 'people')} cannot be told now`,
    ...(['channel', 'language', 'class'] as const).map(
      (key) => `  by ${key}: ${sumsOf(audience, key)}`,
    ),
    ...audience.unreachable.map(
      (entry) =>
        `  cannot be told: ${entry.group.replace('-', ' ')}, class ${entry.class}, ${entry.reason}, ${grouped(entry.count)}`,
    ),
  ];
}

function sumsOf(audience: AudienceView, key: 'channel' | 'language' | 'class'): string {
  const sums = new Map<string, number>();
  for (const entry of audience.counts)
    sums.set(String(entry[key]), (sums.get(String(entry[key])) ?? 0) + entry.count);
  return [...sums].map(([name, n]) => `${name} ${grouped(n)}`).join(', ') || 'nobody';
}
