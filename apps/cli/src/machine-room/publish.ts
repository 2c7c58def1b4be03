import { readFileSync } from 'node:fs';
import type { SourceList } from '@varde/contracts';
import { Refusal } from '@varde/kernel';
import { recordToPublish } from '@varde/incident-feature';
import { KafkajsBus } from '@varde/platform-kafka';
import { needed, type Context } from '../context';
import { down, refused, wrongUse } from '../exit';
import { counted } from '../words';
import { sourceByShape, type PublishingSource } from './source-by-shape';

interface PublishFlags {
  readonly source?: string;
  readonly mode: string;
  readonly json?: boolean;
}

/** Puts a file onto the topic of its source, byte for byte: the intake says what becomes of it, poison included. */
export async function publishFile(
  context: Context,
  file: string,
  flags: PublishFlags,
): Promise<void> {
  const bytes = bytesOf(file);
  const source = flags.source
    ? await registered(context, flags.source)
    : guessed(
        context,
        ofFile(file, () => sourceByShape(bytes)),
      );
  const record = ofFile(file, () => recordToPublish(bytes, source, flags.mode as 'ACTUAL'));
  await put(context, source.topic, record);
  context.answer(
    flags.json,
    {
      topic: source.topic,
      source: source.id,
      dialect: source.dialect,
      key: record.key,
      bytes: bytes.length,
    },
    `Published to ${source.topic}: ${counted(bytes.length, 'byte')} in ${source.dialect}.`,
  );
}

// What a domain refuses it calls by what it is; a person has to hear in which file.
function ofFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    throw refused(cause.code, `${file}: ${cause.message}`, cause);
  }
}

function guessed(context: Context, source: PublishingSource): PublishingSource {
  context.progress(`By its shape the file is from ${source.id}; --source names another.`);
  return source;
}

async function registered(context: Context, id: string): Promise<PublishingSource> {
  const { sources } = await context.get<SourceList>('/sources');
  const found = sources.find((source) => source.id === id);
  if (found) return found;
  throw refused('source-unknown', `No source ${id} is registered. See: varde source list`);
}

async function put(
  context: Context,
  topic: string,
  { key, value, headers }: ReturnType<typeof recordToPublish>,
): Promise<void> {
  const brokers = needed(context.config.VARDE_KAFKA_BROKERS, 'VARDE_KAFKA_BROKERS', 'the brokers');
  const bus = new KafkajsBus({
    brokers: brokers.split(',').map((broker) => broker.trim()),
    clientId: 'varde-cli',
    prefix: context.config.VARDE_PREFIX,
  });
  try {
    const bytes = { key: key === null ? null : Buffer.from(key), value: Buffer.from(value) };
    await bus.publish([{ topic, headers, ...bytes }]);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw down(`Kafka at ${brokers} did not take the record for ${topic}: ${why}`, cause);
  } finally {
    await bus.close().catch(() => undefined); // it may never have been there, which has been told
  }
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw wrongUse(`${file} cannot be read: check the name.`);
  }
}
