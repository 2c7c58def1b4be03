import { z } from 'zod';
import { addressedChannels, deliveryStates, gateScopes } from '@varde/delivery-domain/vocabulary';
import { instantText } from '../events/incident';
import { reasonField, type Frozen } from './fields';

const idOf = {
  all: z.literal('*'),
  channel: z.enum(addressedChannels),
  provider: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  incident: z.uuid(),
  dispatch: z.uuid(),
} as const satisfies Record<(typeof gateScopes)[number], z.ZodType>;

const idSays = {
  all: 'is * for everything',
  channel: `is one of ${addressedChannels.join(', ')}`,
  provider: 'is the name of a provider, such as twilio',
  incident: 'is the id of an incident',
  dispatch: 'is the id of a dispatch',
} as const;

/** Halts a scope, asks for its release, or releases it. Halting asks nobody; opening again takes two. @source DL-7 */
export const moveGate = z
  .strictObject({ scope: z.enum(gateScopes), id: z.string().max(40), reason: reasonField })
  .superRefine(({ scope, id }, context) => {
    if (idOf[scope].safeParse(id).success) return;
    context.addIssue({
      code: 'custom',
      path: ['id'],
      message: `With scope ${scope} the id ${idSays[scope]}.`,
    });
  });
/** See {@link moveGate}. */
export type MoveGate = z.infer<typeof moveGate>;

/** What a gate is after an act, and what had left when it shut. */
export const movedGate = z.object({
  scope: z.enum(gateScopes),
  id: z.string(),
  isHalted: z.boolean(),
  isReleaseAsked: z.boolean(),
  counts: z
    .partialRecord(z.enum(deliveryStates), z.int())
    .nullable()
    .describe('rows behind the gate by state; null for a provider, whose rows have no counter'),
});
/** See {@link movedGate}. */
export type MovedGate = Frozen<z.infer<typeof movedGate>>;

/** Everything that is halted now. */
export const gateList = z.object({
  gates: z.array(
    z.object({
      scope: z.enum(gateScopes),
      id: z.string(),
      releaseAskedBy: z.uuid().nullable(),
      releaseAskedAt: instantText.nullable(),
    }),
  ),
});
/** See {@link gateList}. */
export type GateList = Frozen<z.infer<typeof gateList>>;
