import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './answer';
import { draftOf } from './cache';
import { ownFolder } from './data-folder';
import { readIfThere, replaceFile } from './file';
import { metadataRequest, parseMetadata } from './kafka-metadata';
import { dyingWithLauncher } from './parent-death';
import { freePort } from './port';
import { writeProperties } from './properties';
import type { JavaBinary } from './installed';
import type { ServerPlan } from './server';

/** What the plan of a Kafka node is made of. */
export interface KafkaInput {
  readonly java: JavaBinary;
  /** The folder with the broker's jars. */
  readonly jars: string;
  readonly folder: string;
  readonly logFile: string;
  /** Text of `infra/kafka/server.properties`. */
  readonly settings: string;
}

const heap = ['-Xms64m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/** Prepares the data folder and says how one KRaft node is started from it. */
export function planKafka(input: KafkaInput): ServerPlan {
  const home = ownFolder(join(input.folder, 'kafka'), 0o700);
  const data = ownFolder(join(home, 'data'), 0o700);
  const clusterId = identify(data);
  const properties = join(home, 'server.properties');
  const archive = classArchive(input);
  return {
    name: 'kafka',
    title: 'Kafka',
    logFile: input.logFile,
    stopSignal: 'SIGTERM',
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC' },
    async command(port) {
      writeFileSync(properties, nodeProperties(input.settings, data, port, await freePort()), {
        mode: 0o600,
      });
      const log = [
        '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
        '-Dorg.slf4j.simpleLogger.showDateTime=true',
      ];
      const args = [
        ...heap,
        ...archive.flags,
        ...log,
        '-cp',
        join(input.jars, '*'),
        'kafka.Kafka',
        properties,
      ];
      return dyingWithLauncher({ command: input.java.path, args }, 'TERM');
    },
    async isReady(port) {
      const answer = await ask(
        port,
        metadataRequest,
        (bytes) => bytes.length >= 4 && bytes.length >= 4 + bytes.readInt32BE(0),
      );
      const cluster = answer && parseMetadata(answer);
      return cluster !== undefined && cluster.brokers > 0 && cluster.id === clusterId;
    },
    stopped: archive.keep,
  };
}

/** The settings that all share, and what belongs to this node or to a machine of one's own. */
export function nodeProperties(
  settings: string,
  data: string,
  port: number,
  controllerPort: number,
): string {
  const own = {
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'log.dirs': data,
    // Fault tests kill consumers one after the other, and each time the group waits for the dead one's session.
    'group.min.session.timeout.ms': '3000',
  };
  return `${settings.trimEnd()}\n${writeProperties(own)}`;
}

/** Sixteen random bytes as Kafka writes an id: base64url, never beginning with a dash. */
export function kafkaId(random: () => Buffer = () => randomBytes(16)): string {
  const id = random().toString('base64url');
  return id.startsWith('-') ? kafkaId(random) : id;
}

/** Formats the data folder as StorageTool would, which takes a second longer. @returns the cluster's id */
function identify(data: string): string {
  const file = join(data, 'meta.properties');
  const known = /^cluster\.id=(.+)$/m.exec(readIfThere(file) ?? '')?.[1];
  if (known !== undefined) return known.trim();
  const id = kafkaId();
  replaceFile(
    file,
    writeProperties({ version: 1, 'node.id': 1, 'cluster.id': id, 'directory.id': kafkaId() }),
  );
  return id;
}

/**
 * Classes in the form in which Java maps them into memory: a node is ready in half the time. The first node to stop in
 * good order leaves the archive for all later ones; a torn one would crash Java, so it is written under another name.
 */
function classArchive({ java, jars }: KafkaInput): { flags: readonly string[]; keep: () => void } {
  const archive = `${jars}-java-${java.version}.jsa`;
  if (existsSync(archive))
    return { flags: [`-XX:SharedArchiveFile=${archive}`], keep: () => undefined };
  const fresh = draftOf(archive);
  return {
    flags: [`-XX:ArchiveClassesAtExit=${fresh}`],
    keep: () => {
      if (existsSync(fresh)) renameSync(fresh, archive);
    },
  };
}
