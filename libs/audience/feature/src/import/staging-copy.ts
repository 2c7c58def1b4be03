import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';

/**
 * A COPY into a staging table that can be interrupted: while it is open its connection answers no query, so `close` ends it
 * and the next `write` begins another in the same transaction.
 */
export class StagingCopy {
  #stream: CopyStreamQuery | undefined;
  #failure: Error | undefined;

  constructor(
    private readonly client: ClientBase,
    private readonly table: string,
  ) {}

  /** Hands lines of COPY's text format over; waits while the database is slower than we are. */
  async write(lines: string): Promise<void> {
    if (lines === '') return;
    if (!this.#stream) this.#open();
    const stream = this.#stream as CopyStreamQuery;
    if (this.#failure) throw this.#failure;
    if (!stream.write(Buffer.from(lines))) await once(stream, 'drain');
  }

  /** Ends the COPY that is open, if one is. */
  async close(): Promise<void> {
    const stream = this.#stream;
    this.#stream = undefined;
    if (!stream) return;
    stream.end();
    await finished(stream);
  }

  #open(): void {
    this.#stream = this.client.query(copyFrom(`copy ${this.table} from stdin`));
    this.#stream.on('error', (error) => (this.#failure = error));
  }
}
