import { Refusal } from '@varde/kernel';

/** What an import with `--full` would end. */
export interface Ending {
  /** Rows that are absent in the file and hold today. */
  readonly endingCount: number;
  /** Rows that hold today. */
  readonly standingCount: number;
  /** The count that a person typed, if any. */
  readonly confirmed: number | undefined;
}

/** Share of the rows that a whole file may end without a typed count. @source reference/import-formats.md, `--full`; A-9 */
export const endingLimitPercent = 5;

/**
 * Lets a whole file end what is absent in it, or refuses: a register that answers nothing must not end every customer.
 *
 * @throws Refusal `full-would-end-too-many`, with the count that must be typed
 */
export function checkEnding({ endingCount, standingCount, confirmed }: Ending): void {
  if (endingCount * 100 <= standingCount * endingLimitPercent) return;
  if (confirmed === endingCount) return;
  throw new Refusal(
    'full-would-end-too-many',
    `This whole file would end ${endingCount} of ${standingCount} rows, more than ${endingLimitPercent} %. Nothing was changed. ` +
      `If that is meant, give the count: --confirm ${endingCount}.`,
    { endingCount, standingCount },
    'confirm',
  );
}
