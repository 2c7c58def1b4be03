import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

const current = new AsyncLocalStorage<string>();

const traceparent = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const noTrace = '0'.repeat(32);

/** A fresh correlation id: 32 hex digits, the shape of a trace id. */
export const newCorrelationId = (): string => randomBytes(16).toString('hex');

/**
 * The correlation id that a caller brought along, or a fresh one. Only a well-formed trace id counts: whatever else a caller
 * writes there could be a number or a name, and it would stand in every log line.
 *
 * @source W3C Trace Context §3.2; S-27
 */
export function correlationOf(header: string | undefined): string {
  const found = header === undefined ? undefined : traceparent.exec(header)?.[1];
  return found === undefined || found === noTrace ? newCorrelationId() : found;
}

/** The header that carries a correlation id on to the next program. */
export const traceparentOf = (correlationId: string): string =>
  `00-${correlationId}-${randomBytes(8).toString('hex')}-01`;

/** Runs `work`; every log line written within carries the id. */
export const withCorrelation = <T>(correlationId: string, work: () => T): T =>
  current.run(correlationId, work);

/** The id of the request, event or job that is being worked on, or `undefined` outside of any. */
export const correlationId = (): string | undefined => current.getStore();
