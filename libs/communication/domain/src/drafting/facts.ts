import { toIso, type Instant } from '@varde/kernel';
import type { Fields } from '../field-types';
import { services as serviceOrder, type Stage } from '../vocabulary';
import { estimateAhead, estimateState, type IncidentSketch } from './stage';

/** What the texts need beside the incident itself. */
export interface FactSetting {
  /** The page of this incident: 4 to 22 letters and digits. */
  readonly link: string;
  /** When the first message of the incident went, for a correction. */
  readonly sentAt?: Instant | undefined;
}

/**
 * The facts of an incident as strings of closed types. A cause that is not confirmed is not a fact, and a promise is one only
 * while it lies ahead.
 *
 * @param now from when times are told
 * @source D-13, UX-11; `voice.md` §2
 */
export function factsOf(
  incident: IncidentSketch,
  stage: Stage,
  setting: FactSetting,
  now: Instant,
): Fields {
  const { estimate, window } = incident;
  const ahead = estimateAhead(incident, now);
  const promised = incident.nextUpdateBy !== undefined && incident.nextUpdateBy > now;
  return {
    country: incident.country,
    services: serviceOrder.filter((service) => incident.services.includes(service)).join('|'),
    areas: incident.areas.join('|'),
    startedAt: minute(incident.startedAt),
    restoredAt: minute(incident.restoredAt ?? incident.changedAt),
    link: setting.link,
    effect: incident.kind === 'degradation' ? 'degradation' : 'outage',
    emergencyCalls: incident.emergencyCalls === 'affected' ? 'yes' : 'no',
    estimateState: estimateState(incident, stage, now),
    ...(ahead !== undefined && { estimateAt: minute(ahead) }),
    ...(estimate.previous !== undefined && { previousEstimateAt: minute(estimate.previous) }),
    ...(promised && { nextUpdateAt: minute(incident.nextUpdateBy) }),
    ...(incident.cause.status === 'confirmed' &&
      incident.cause.group && { causeGroup: incident.cause.group }),
    ...(window && { windowFrom: minute(window.from), windowTo: minute(window.to) }),
    ...(setting.sentAt !== undefined && { sentAt: minute(setting.sentAt) }),
  };
}

/** UTC to the minute, as facts carry their times. */
export const minute = (at: Instant): string => `${toIso(at).slice(0, 16)}Z`;
