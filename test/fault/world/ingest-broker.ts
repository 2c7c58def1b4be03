import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Kafka } from 'kafkajs';
import { until } from '../../../tools/system/until';

/** The event ids of every record of a topic, as often as they stand there. */
export async function factIds(kafka: Kafka, topic: string): Promise<string[]> {
  const admin = kafka.admin();
  await admin.connect();
  const marks = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const wanted = marks.reduce((sum, { low, high }) => sum + Number(high) - Number(low), 0);
  if (wanted === 0) return [];
  const found: string[] = [];
  const consumer = kafka.consumer({ groupId: `looking-${randomUUID()}`, maxWaitTimeInMs: 50 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: ({ message }) => {
      found.push(String(message.headers?.['ce_id']));
      return Promise.resolve();
    },
  });
  await until(`${wanted} records of ${topic}`, () => Promise.resolve(found.length >= wanted));
  await consumer.disconnect();
  return found;
}

/** How many connections a process keeps to a port of this machine. @source proc(5): /proc/pid/net/tcp, state 01 is established */
export function socketsTo(port: number, pid: number): number {
  const own = new Set(
    readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
      } catch {
        return undefined; // closed since it was listed
      }
    }),
  );
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, , remote, state, , , , , , inode]) =>
        remote?.endsWith(`:${hex}`) && state === '01' && own.has(inode),
    ).length;
}
