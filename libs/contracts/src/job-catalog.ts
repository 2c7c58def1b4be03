import { z } from 'zod';

/** The addressed channels and classes that have lanes now; a lane is one class on one channel. @source invariants §2.2 */
export const laneChannels = ['sms', 'email'] as const;

/** Wakes the courier: there are rows to send in this lane of this dispatch. Ids only; the rows are the truth. */
export const deliverChunk = z.strictObject({
  dispatchId: z.uuid(),
  channel: z.enum(laneChannels),
  class: z.int().min(0).max(3),
  chunk: z.int().min(0),
});
/** The data of one delivery job. */
export type DeliverChunk = z.infer<typeof deliverChunk>;

/** Rings at an instant; it only means "sweep the due rows now". */
export const timerAlarm = z.strictObject({ timerId: z.string() });

/** The queue of a lane: its own queue and worker quota per class and channel (DL-9). */
export const laneQueue = (channel: (typeof laneChannels)[number], recipientClass: number): string =>
  `lane.${channel}.${recipientClass}`;

/**
 * Every kind of work that waits in BullMQ: name → queue, shape, tries. A job's id comes from its data; what must not happen
 * twice is guarded by a row.
 *
 * @source `architecture.md` §7; `style.md` §8
 */
export const jobCatalog = {
  'deliver-chunk': {
    queues: laneChannels.flatMap((channel) => [0, 1, 2, 3].map((c) => laneQueue(channel, c))),
    schema: deliverChunk,
    attempts: 5,
    backoffMs: 1_000,
    idOf: (data: DeliverChunk) =>
      `deliver.${data.dispatchId}.${data.channel}-${data.class}.${data.chunk}`,
  },
  'timer-alarm': {
    queues: ['timers'],
    schema: timerAlarm,
    attempts: 1,
    backoffMs: 0,
    idOf: (data: z.infer<typeof timerAlarm>) => `alarm.${data.timerId}`,
  },
} as const;

/** The name of a kind of work. */
export type JobName = keyof typeof jobCatalog;
