/**
 * A fact on its way: CloudEvents 1.0, on Kafka in binary mode (`ce_*` headers). `source` is `/varde/<context>`.
 *
 * @source CloudEvents 1.0; `standards.md` §1.1
 */
export interface Envelope<Payload = unknown> {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  /** RFC 3339. */
  readonly time: string;
  readonly traceparent?: string;
  readonly data: Payload;
}
