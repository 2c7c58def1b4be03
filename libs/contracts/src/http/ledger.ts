import { z } from 'zod';
import type { Frozen } from './fields';

/** Of which incident the account is asked; without it, of all. */
export const ledgerFilter = z.strictObject({ incident: z.uuid().optional() });
/** See {@link ledgerFilter}. */
export type LedgerQuery = z.infer<typeof ledgerFilter>;

/** Planned = delivered + sent without a receipt + failed + suppressed + superseded + expired + unknown. @source NEW-15 */
export const ledgerView = z.object({
  lines: z.array(
    z.object({
      dispatchId: z.uuid(),
      incidentId: z.uuid(),
      mode: z.string(),
      stage: z.string().nullable(),
      channel: z.string(),
      planned: z.int(),
      delivered: z.int(),
      sentWithoutReceipt: z.int(),
      failed: z.int(),
      suppressed: z.int(),
      superseded: z.int(),
      expired: z.int(),
      unknown: z.int(),
      open: z.int().describe('not over yet'),
    }),
  ),
  faults: z
    .array(z.object({ law: z.string(), sentence: z.string(), dispatchId: z.uuid().optional() }))
    .describe('what must never be'),
  balances: z.boolean(),
});
/** See {@link ledgerView}. */
export type LedgerView = Frozen<z.infer<typeof ledgerView>>;
