import { randomBytes } from 'node:crypto';

/** A name that no other test has: put it before topics, consumer groups and queues. */
export const aPrefix = (): string =>
  `t${process.env['JEST_WORKER_ID'] ?? '1'}${randomBytes(4).toString('hex')}`;
