import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { draftOf, openCache } from './cache';
import { runCommand } from './command';
import { findProjectFolder } from './data-folder';
import { dyingWithLauncher } from './parent-death';
import { isErrno } from './process-mark';
import type { Report } from './report';

/** The Kafka that `infra/local/kafka/pom.xml` names. */
export const kafkaVersion = '4.4.0';

/**
 * Fetches the broker's jars by Maven, once.
 *
 * @returns the folder with them, complete: a download that was killed leaves a folder of another name
 */
export async function ensureKafkaJars(
  report: Report,
  wish: { readonly projectFolder?: string; readonly signal?: AbortSignal | undefined },
  requireMaven: (signal?: AbortSignal) => Promise<void>,
): Promise<string> {
  const jars = join(openCache(), `kafka-${kafkaVersion}`);
  if (existsSync(jars)) return jars;
  await requireMaven(wish.signal);
  report(`Fetching Apache Kafka ${kafkaVersion} by Maven, some 43 MB, once.`);
  const fresh = draftOf(jars);
  const pom = join(wish.projectFolder ?? findProjectFolder(), 'infra/local/kafka/pom.xml');
  const goal = [
    '-q',
    '-B',
    '-f',
    pom,
    'dependency:copy-dependencies',
    '-DincludeScope=runtime',
    `-DoutputDirectory=${fresh}`,
  ];
  const { code, output } = await runCommand(
    dyingWithLauncher({ command: 'mvn', args: goal }, 'TERM'),
    { signal: wish.signal },
  );
  if (code !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Error(
      `Apache Kafka ${kafkaVersion} could not be fetched by Maven: check the network, or name a mirror in ~/.m2/settings.xml, and run this again. Maven said:\n${firstErrors(output)}`,
    );
  }
  keep(fresh, jars);
  return jars;
}

function keep(fresh: string, jars: string): void {
  try {
    renameSync(fresh, jars);
  } catch (error) {
    // Another run was faster; its folder is as good as ours.
    if (!isErrno(error, 'ENOTEMPTY', 'EEXIST')) throw error;
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Maven tells what is wrong first, and then at length where to read about it. */
function firstErrors(output: string): string {
  // Maven colours its words even into a pipe.
  const plain = output.replace(/\x1b\[[0-9;]*m/g, '');
  const lines = plain.split('\n').filter((line) => /^\[ERROR\] \S/.test(line));
  return (lines.length > 0 ? lines : plain.trim().split('\n'))
    .slice(0, 3)
    .map((line) => `    ${line}`)
    .join('\n');
}
