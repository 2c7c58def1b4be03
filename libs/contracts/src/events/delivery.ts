import { z } from 'zod';

/** Every row of a dispatch stands; from here on the sum of states is the audience (DL-2). */
export const deliveryPlanned = z.object({
  dispatchId: z.uuid(),
  incidentId: z.uuid(),
  planned: z.int().min(0),
});
/** The number of rows that a dispatch became. */
export type DeliveryPlanned = z.infer<typeof deliveryPlanned>;
