import type { IncidentId, Span } from '@varde/incident-domain';
import type { Country, Mode, Service } from '@varde/incident-domain/vocabulary';

/** What looks for neighbours: some elements, areas and names of one trouble, at one time. */
export interface Around {
  readonly country: Country;
  readonly mode: Mode;
  readonly span: Span;
  readonly elements: readonly string[];
  readonly parents: readonly string[];
  readonly ancestors: readonly string[];
  /** Areas in which the elements stand. */
  readonly areaPath: readonly string[];
  /** Areas that are hit as such, beside those of the incidents that grew. */
  readonly areas: readonly string[];
  /** Services of all of the trouble, those of the incidents that grew included. */
  readonly services: readonly Service[];
  readonly alarmIds: readonly string[];
  readonly relatedAlarms: readonly string[];
  readonly sourceIds: readonly string[];
  readonly correlationIds: readonly string[];
  /** Alarms that a report names, of any source. */
  readonly namedAlarms: readonly string[];
  /** Incidents of the same trouble, whose elements look for neighbours too. */
  readonly grown: readonly IncidentId[];
  /** The time in which those have all their neighbours already: only what lies beyond it is looked for. Null: nothing is settled. */
  readonly settled: Span | null;
}
