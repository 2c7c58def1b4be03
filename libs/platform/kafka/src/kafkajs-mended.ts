import { createRequire } from 'node:module';

const load = createRequire(__filename);

interface RequestQueue {
  pending: unknown[];
  throttledUntil: number;
  scheduleCheckPendingRequests(): void;
}

/**
 * Cures an idle loop of kafkajs 2.2.4: each connection re-arms a negative timer some 900 times a second.
 *
 * @source kafkajs #1556, #1704, #1751; `stack.md` §5
 */
export function restIdleConnections(): void {
  const queue = (load('kafkajs/src/network/requestQueue') as { prototype: RequestQueue }).prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own receiver below
  const schedule = queue.scheduleCheckPendingRequests;
  queue.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
  };
}

interface Codec {
  compress(encoder: { buffer: Buffer }): Promise<Buffer>;
  decompress(buffer: Buffer): Promise<Buffer>;
}

/** The network's producers compress in their own ways: snappy, lz4 and zstd beside the built-in gzip. */
export function registerCodecs(
  codecs: Record<number, () => Codec>,
  types: { Snappy: number; LZ4: number; ZSTD: number },
): void {
  const snappy = load('snappy') as {
    compress(b: Buffer): Promise<Buffer>;
    uncompress(b: Buffer): Promise<Buffer>;
  };
  const lz4 = load('lz4-napi') as {
    compressFrame(b: Buffer): Promise<Buffer>;
    decompressFrame(b: Buffer): Promise<Buffer>;
  };
  codecs[types.Snappy] = () => ({
    compress: (encoder) => snappy.compress(encoder.buffer),
    decompress: (buffer) => snappyBlocks(buffer, (block) => snappy.uncompress(block)),
  });
  codecs[types.LZ4] = () => ({
    compress: (encoder) => lz4.compressFrame(encoder.buffer),
    decompress: (buffer) => lz4.decompressFrame(buffer),
  });
  codecs[types.ZSTD] = () => {
    const zstd = load('@toondepauw/node-zstd') as {
      Encoder: new (level: number) => { encode(b: Buffer): Promise<Buffer> };
      Decoder: new () => { decode(b: Buffer): Promise<Buffer> };
    };
    return {
      compress: (encoder) => new zstd.Encoder(3).encode(encoder.buffer),
      decompress: (buffer) => new zstd.Decoder().decode(buffer),
    };
  };
}

const xerialMagic = Buffer.from([130, 83, 78, 65, 80, 80, 89, 0]);

// Java producers wrap snappy blocks in a frame of their own: magic, version, then length and block again and again.
async function snappyBlocks(
  buffer: Buffer,
  uncompress: (block: Buffer) => Promise<Buffer>,
): Promise<Buffer> {
  if (!buffer.subarray(0, 8).equals(xerialMagic)) return uncompress(buffer);
  const blocks: Buffer[] = [];
  for (let at = 16; at + 4 <= buffer.length;) {
    const size = buffer.readInt32BE(at);
    blocks.push(await uncompress(buffer.subarray(at + 4, at + 4 + size)));
    at += 4 + size;
  }
  return Buffer.concat(blocks);
}
