import type { ClientBase } from 'pg';
import type { ImportCountry } from '@varde/audience-domain';
import { copyLine } from './copy-text';
import type { ImportPlan } from './import-plan';
import type { ImportProgress } from './import-report';
import type { RawRow } from './row-source';
import type { SourceFile } from './source-file';
import { StagingCopy } from './staging-copy';

/** What is known of a file once it lies in its staging table. */
export interface ReadFile {
  readonly readCount: number;
  readonly sha256: Buffer;
  readonly warnings: readonly string[];
  readonly understoodCount: number;
  /** Some of the national numbers and how they were understood, masked. */
  readonly understood: readonly string[];
}

/** How a file is read. */
export interface ReadingOptions {
  readonly onProgress: (progress: ImportProgress) => void;
  /** Done once the customers of an earlier file can be asked for. */
  readonly customersReady: Promise<unknown>;
}

const shownAtMost = 20;
const waitingAtMost = 5000;

/** Reads a file into its staging table, a piece at a time. */
export async function readIntoStage(
  client: ClientBase,
  plan: ImportPlan,
  file: SourceFile,
  options: ReadingOptions,
): Promise<ReadFile> {
  const reading = new FileReading(client, plan, options);
  const started = performance.now();
  const tell = (): void => options.onProgress(progressOf(plan, file, reading.readCount, started));
  try {
    for await (const piece of file.pieces) {
      await reading.take(plan.source.push(piece));
      tell();
    }
    await reading.take(plan.source.end());
    await reading.finish();
  } catch (cause) {
    await reading.abandon();
    throw cause;
  }
  tell();
  return { ...reading.result(), sha256: file.sha256() };
}

class FileReading {
  readCount = 0;
  readonly #copy: StagingCopy;
  readonly #warnings: string[] = [];
  readonly #understood: string[] = [];
  #understoodCount = 0;
  #waiting: { row: RawRow; customerId: string }[] = [];

  constructor(
    private readonly client: ClientBase,
    private readonly plan: ImportPlan,
    private readonly options: ReadingOptions,
  ) {
    this.#copy = new StagingCopy(client, `import_${plan.what}`);
  }

  async take(rows: readonly RawRow[]): Promise<void> {
    let lines = '';
    for (const row of rows) {
      const customerId = row.problem === undefined ? this.plan.needsCountryOf?.(row) : undefined;
      if (customerId === undefined) lines += this.#staged(row);
      else this.#waiting.push({ row, customerId });
    }
    this.readCount += rows.length;
    await this.#copy.write(lines);
    if (this.#waiting.length >= waitingAtMost) await this.#readWaiting();
  }

  async finish(): Promise<void> {
    await this.#readWaiting();
    await this.#copy.close();
  }

  /** Leaves a connection that answers again: an open COPY would let the rollback wait for ever. */
  async abandon(): Promise<void> {
    await this.#copy.close().catch(() => undefined); // what made us stop is told by the caller
  }

  result(): Omit<ReadFile, 'sha256'> {
    const [warnings, understood] = [this.#warnings, this.#understood];
    return {
      readCount: this.readCount,
      warnings,
      understood,
      understoodCount: this.#understoodCount,
    };
  }

  /** Rows with a national number wait, so that one question asks for the countries of many customers. */
  async #readWaiting(): Promise<void> {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    await this.#copy.close();
    await this.options.customersReady;
    const countries = await countriesOf(
      this.client,
      waiting.map((one) => one.customerId),
    );
    let lines = '';
    for (const { row, customerId } of waiting)
      lines += this.#staged(row, countries.get(customerId));
    await this.#copy.write(lines);
  }

  #staged(row: RawRow, country?: ImportCountry): string {
    const problem = row.problem;
    const staged = problem
      ? { id: '', problems: [{ column: '', reason: problem, value: '', kept: false }] }
      : this.plan.stage(row, country);
    if (staged.warning !== undefined && this.#warnings.length < shownAtMost)
      this.#warnings.push(staged.warning);
    if (staged.understood !== undefined) {
      this.#understoodCount++;
      if (this.#understood.length < shownAtMost)
        this.#understood.push(`line ${row.line}: ${staged.understood}`);
    }
    return copyLine(row.line, staged, this.plan.fields.length);
  }
}

async function countriesOf(
  client: ClientBase,
  ids: readonly string[],
): Promise<Map<string, ImportCountry>> {
  const { rows } = await client.query<{ customer_id: string; country: ImportCountry }>(
    'select customer_id, country from audience.customer where customer_id = any($1::text[])',
    [ids],
  );
  return new Map(rows.map((row) => [row.customer_id, row.country]));
}

function progressOf(
  plan: ImportPlan,
  file: SourceFile,
  rowCount: number,
  started: number,
): ImportProgress {
  const seconds = (performance.now() - started) / 1000;
  const readBytes = file.readBytes();
  const rowsPerSecond = seconds > 0 ? Math.round(rowCount / seconds) : 0;
  const secondsLeft =
    readBytes > 0 ? Math.round((seconds * (file.size - readBytes)) / readBytes) : undefined;
  return {
    what: plan.what,
    phase: 'reading',
    rowCount,
    rowsPerSecond,
    ...(secondsLeft === undefined ? {} : { secondsLeft }),
    share: file.size === 0 ? 1 : Math.min(1, readBytes / file.size),
  };
}
