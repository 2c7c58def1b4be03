import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from './command';

/** One installed PostgreSQL. */
export interface PostgresBinaries {
  readonly major: number;
  /** The folder with `postgres` and `initdb`. */
  readonly bin: string;
}

/** One installed Java. */
export interface JavaBinary {
  readonly path: string;
  readonly major: number;
  /** As it names itself: `17.0.15`. */
  readonly version: string;
}

/** @source stack.md §2: the oldest PostgreSQL that the project is tried on */
export const oldestPostgres = 15;
/** @source Apache Kafka 4: the broker needs Java 17 */
export const oldestJava = 17;

/** All that are new enough, the newest first. */
export async function findPostgres(): Promise<readonly PostgresBinaries[]> {
  const folders = [
    ...list('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...path(),
  ];
  const found = await Promise.all(
    folders.map(async (bin) => {
      const major = parsePostgresMajor(
        (await runCommand({ command: join(bin, 'postgres'), args: ['--version'] })).output,
      );
      return major !== undefined && major >= oldestPostgres ? [{ major, bin }] : [];
    }),
  );
  return found.flat().sort((one, other) => other.major - one.major);
}

/** The first Java that is new enough; else the first that there is, so that we can say what it is. */
export async function findJava(): Promise<JavaBinary | undefined> {
  const home = process.env['JAVA_HOME'];
  const folders = [
    ...(home ? [join(home, 'bin')] : []),
    ...path(),
    ...list('/usr/lib/jvm').map((jvm) => `/usr/lib/jvm/${jvm}/bin`),
  ];
  let first: JavaBinary | undefined;
  for (const folder of folders) {
    const file = join(folder, 'java');
    const version = parseJavaVersion(
      (await runCommand({ command: file, args: ['-version'] })).output,
    );
    if (!version) continue;
    if (version.major >= oldestJava) return { path: file, ...version };
    first ??= { path: file, ...version };
  }
  return first;
}

/** @returns 15 for `postgres (PostgreSQL) 15.18 (Debian …)` */
export function parsePostgresMajor(said: string): number | undefined {
  const major = /\(PostgreSQL\) (\d+)/.exec(said)?.[1];
  return major === undefined ? undefined : Number(major);
}

/** @returns 17 for `openjdk version "17.0.15"`, 8 for the old way of counting, `java version "1.8.0_402"` */
export function parseJavaVersion(said: string): { major: number; version: string } | undefined {
  const found = /version "((?:1\.)?(\d+)[^"]*)"/.exec(said);
  return found ? { version: found[1] ?? '', major: Number(found[2]) } : undefined;
}

/** Can this command be run? */
export async function isInstalled(command: string): Promise<boolean> {
  return (await runCommand({ command, args: ['--version'] })).code === 0;
}

function path(): readonly string[] {
  return (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Not there: another distribution keeps its programs elsewhere, and they are found by PATH.
    return [];
  }
}
