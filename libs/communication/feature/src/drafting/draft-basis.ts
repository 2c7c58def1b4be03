import type { IncidentFacts } from '@varde/contracts';

/** The audience that messages are drafted for. */
export interface DraftBasis {
  readonly incident: IncidentFacts;
  readonly snapshotId: string;
  readonly snapshotVersion: number;
}
