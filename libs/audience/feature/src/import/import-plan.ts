import type { ClientBase } from 'pg';
import type { ImportCountry, ImportKind, ProblemReason, RowProblem } from '@varde/audience-domain';
import type { RawRow, RowSource } from './row-source';

/** A value of a staging column. */
export type StagedValue = string | number | boolean | Buffer | undefined;

/** A row as it goes into the staging table. */
export interface StagedRow {
  /** What could be read of its id, so that a bad row still counts as present in a whole file. */
  readonly id: string;
  /** Absent: rejected. In the order of the plan's `fields`. */
  readonly values?: readonly StagedValue[];
  readonly problems: readonly RowProblem[];
  /** Something to think about that costs the row nothing. */
  readonly warning?: string;
  /** A national number and how it was understood, masked. */
  readonly understood?: string;
}

/** How one kind of file gets into its tables. */
export interface ImportPlan {
  readonly what: ImportKind;
  readonly source: RowSource;
  /** Columns of the staging table after `line, rejected, problems, id`: name and type. */
  readonly fields: readonly (readonly [name: string, type: string])[];
  /** The customer whose country must be known to read this row, if there is one. */
  needsCountryOf?(row: RawRow): string | undefined;
  stage(row: RawRow, country?: ImportCountry): StagedRow;
  /** Rejects, on the staging table, what points at nothing. */
  check(stage: Stage): Promise<void>;
  /**
   * Writes what differs. Answers how many rows of the file did.
   *
   * @param onConflict `on conflict …` for a table that has rows; nothing for an empty one, where it would double the work
   */
  write(stage: Stage, onConflict: OnConflict): Promise<number>;
  /** How rows that are absent in a whole file end. */
  readonly ending: EndingSql;
}

/** Gives a conflict clause back, or leaves it out because the table is empty and ours alone. */
export type OnConflict = (clause: string) => string;

/** How a row of a table is ended; `t` is the table. */
export interface EndingSql {
  /** `audience.customer t`, perhaps with a join that leads to the country. */
  readonly from: string;
  readonly idColumn: string;
  /** True for a row that holds today. */
  readonly isStanding: string;
  /** `update … from … where` up to and with the condition that `t.<id>` is in `import_ended`. */
  readonly update: string;
}

/** The staging table of one file, in an open transaction. */
export interface Stage {
  readonly client: ClientBase;
  /** Name of the temporary table. */
  readonly table: string;
  /** Runs SQL in which `:stage` is the staging table. Answers how many rows it touched. */
  run(sql: string, parameters?: readonly unknown[]): Promise<number>;
  rows<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Rejects the rows `s` for which the condition holds. Answers how many. */
  reject(fault: Fault): Promise<number>;
  /** Notes, on the rows `s` for which the condition holds, that a part of them is left out. */
  keep(fault: Fault): Promise<number>;
}

/** What is wrong with which rows of the staging table. */
export interface Fault {
  readonly column: string;
  readonly reason: ProblemReason;
  /** SQL of the value that is shown. */
  readonly value: string;
  /** More tables to join, such as `, found f`. */
  readonly from?: string;
  /** SQL condition on `s`. */
  readonly where: string;
}
