import { fstatSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';

/** How a {@link LogSink} behaves. */
export interface LogSinkOptions {
  /** Bytes that wait at most while nobody takes them; a line beyond it is dropped and counted. */
  readonly mostBuffered: number;
  /** Told how many lines were dropped, as soon as there is room again. */
  readonly onDropped: (lines: number) => void;
}

// A reader that takes is asked again at once, one that stands still twenty times a second.
const busyMs = 1;
const stalledMs = 50;
const longestFlushMs = 2_000;
const largestWrite = 65_536;
// Nobody reads any more and nobody ever will: the other end of the pipe is closed, or the terminal is gone.
const goneForGood = new Set(['EPIPE', 'EIO', 'EBADF', 'ECONNRESET']);

/**
 * The place where log lines leave the program. It never makes the program wait and never ends it: while a reader stands still
 * or a disk is full, lines wait up to a cap; when the reader is gone, they are dropped. A program that ends gives its last lines
 * two seconds.
 *
 * A write through the thread pool would block a thread for ever, and the end of the program with it, so a pipe is written
 * directly and never blocks.
 *
 * @source S-40; S-39: whatever happens, the program can end
 */
export class LogSink {
  private readonly waiting: Buffer[] = [];
  private waitingBytes = 0;
  private dropped = 0;
  private isGone = false;
  private retry: NodeJS.Timeout | undefined;
  private flushEndsAt: number | undefined;
  /** Held for its side effect, which libuv documents: an opened pipe is set to non-blocking mode. */
  private readonly pipe: Socket | undefined;

  /** @param fd an open descriptor: file, pipe, socket or terminal */
  constructor(
    private readonly fd: number,
    private readonly options: LogSinkOptions,
  ) {
    const kind = fstatSync(fd);
    if (kind.isFIFO() || kind.isSocket())
      this.pipe = new Socket({ fd, readable: false, writable: true }).unref();
    process.once('exit', () => this.flushSync());
  }

  /** Takes one line. */
  write(line: string): void {
    const bytes = Buffer.from(line);
    if (this.isGone || this.waitingBytes + bytes.length > this.options.mostBuffered) {
      this.dropped += 1;
      return;
    }
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    if (this.retry === undefined) this.writeOut();
  }

  /** Writes out what waits; gives up after two seconds, and a second call does not begin them anew. */
  flushSync(): void {
    this.flushEndsAt ??= performance.now() + longestFlushMs;
    const sleeper = new Int32Array(new SharedArrayBuffer(4));
    while (!this.writeOut() && !this.isGone && performance.now() < this.flushEndsAt)
      Atomics.wait(sleeper, 0, 0, busyMs);
    if (this.isEmpty()) this.flushEndsAt = undefined;
  }

  private isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** @returns whether everything has left */
  private writeOut(): boolean {
    const before = this.waitingBytes;
    try {
      while (!this.isEmpty()) this.writeSome();
    } catch (cause) {
      const { code = '' } = cause as NodeJS.ErrnoException;
      this.failed(code, this.waitingBytes < before ? busyMs : stalledMs);
      return false;
    }
    clearTimeout(this.retry);
    this.retry = undefined;
    this.tellDropped();
    return this.isEmpty();
  }

  private writeSome(): void {
    const chunk: Buffer[] = [];
    let length = 0;
    for (const line of this.waiting) {
      if (length > 0 && length + line.length > largestWrite) break;
      chunk.push(line);
      length += line.length;
    }
    const written = writeSync(this.fd, Buffer.concat(chunk, length));
    this.waitingBytes -= written;
    this.waiting.splice(0, chunk.length);
    if (written < length) this.waiting.unshift(Buffer.concat(chunk, length).subarray(written));
  }

  private failed(code: string, retryMs: number): void {
    if (goneForGood.has(code)) {
      this.isGone = true;
      this.waiting.length = 0;
      this.waitingBytes = 0;
      return;
    }
    // Nobody reads at the moment, or the disk is full. The timer keeps no program alive: its end flushes once more.
    this.retry ??= setTimeout(() => {
      this.retry = undefined;
      this.writeOut();
    }, retryMs).unref();
  }

  private tellDropped(): void {
    if (this.dropped === 0) return;
    const lines = this.dropped;
    this.dropped = 0;
    this.options.onDropped(lines);
  }
}
