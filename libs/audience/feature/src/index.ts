export { AudienceFactHandlers, type AudienceOutbox } from './resolve/audience-facts.handlers';
export { countAudience, type AudienceCount, type CountScope } from './resolve/count-audience';
export { mergeAudience } from './resolve/merge-incidents';
export { resolveAudience, type ResolveAudience } from './resolve/resolve-audience';
export { importFile } from './import/import-file';
export type { ImportOptions, NamedFile } from './import/import-options';
export {
  formatProblem,
  formatReport,
  type ImportPhase,
  type ImportProgress,
  type ImportReport,
  type ReportedProblem,
  type WorldReport,
} from './import/import-report';
export { importWorld, type WorldOptions } from './import/import-world';
export { isSampleWorld, sampleMarker } from './import/sample-marker';
export {
  isSampleSize,
  sampleSize,
  writeSample,
  type SampleCounts,
  type SampleOptions,
} from './sample/write-sample';
