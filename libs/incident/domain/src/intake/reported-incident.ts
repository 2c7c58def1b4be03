import type { Instant } from '@varde/kernel';
import type {
  Answer,
  CauseStatus,
  Country,
  EmergencyCallState,
  EstimateStatus,
  IncidentKind,
  IncidentSeverity,
  Mode,
  ReportAction,
  Service,
} from '../vocabulary';
import type { TimePoint } from './times';

/** What a person says about an incident: the whole of it each time. @source standards §1.6 */
export interface Report {
  readonly type: 'reported-incident';
  /** The reporter's own reference; the incident is found by it, within its source. */
  readonly reference: string;
  readonly action: ReportAction;
  /** References only, never a person's name or number. */
  readonly reportedBy: { readonly system: string; readonly operator: string };
  readonly country: Country;
  readonly kind: IncidentKind;
  readonly severity: IncidentSeverity;
  /** 1 to 1,000, each once. */
  readonly services: readonly Service[];
  /** Elements and areas are a union; one of the two may be empty. Whether we know them is looked up later (`unplaced`). */
  readonly elements: readonly string[];
  readonly areas: readonly string[];
  readonly startedAt: TimePoint;
  readonly awareAt: TimePoint;
  readonly cause: { readonly status: CauseStatus; readonly code?: string };
  readonly estimate: { readonly status: EstimateStatus; readonly restoreBy?: TimePoint };
  readonly emergencyCalls: EmergencyCallState;
  readonly malicious: Answer;
  readonly crossBorder: Answer;
  /** Ids of alarms that belong to it, of any source. */
  readonly alarms: readonly string[];
  readonly nextUpdateBy?: TimePoint;
  readonly note?: string;
  readonly window?: { readonly from: TimePoint; readonly to: TimePoint };
  /** The reference that a merge merges into. */
  readonly into?: string;
  readonly reason?: string;
}

/** A report that came by Kafka: its `sequence` is the order, whatever `ce_sequence` says. */
export interface ReportedIncident extends Report {
  readonly sequence: number;
  readonly mode: Mode;
  readonly receivedAt: Instant;
}
