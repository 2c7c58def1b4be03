import type { Pool } from 'pg';
import type { ImportKind } from '@varde/audience-domain';
import type { AddressCipher } from '@varde/platform-secrets';
import type { ImportProgress, ReportedProblem } from './import-report';

/** How files are imported. */
export interface ImportOptions {
  /** Connections of a program role that may take `varde_audience`: `varde_import`. */
  readonly pool: Pool;
  readonly cipher: AddressCipher;
  /** Who asks for it, as the row of the import names them. */
  readonly by: string;
  /** Do everything but keep it. @defaultValue false */
  readonly isDryRun?: boolean;
  /** The file is the whole truth: what is absent in it ends today. @defaultValue false */
  readonly isWholeFile?: boolean;
  /** For a whole file that would end more than 5 %: the count that a person typed. */
  readonly confirmedEnding?: number;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Each problem in the order of the lines, contact data masked. */
  readonly onProblem?: (what: ImportKind, problem: ReportedProblem) => void;
}

/** Which file is imported as what. */
export interface NamedFile {
  readonly what: ImportKind;
  readonly file: string;
}
