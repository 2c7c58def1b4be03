import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Pool } from 'pg';
import { Refusal } from '@varde/kernel';
import { beginAudience } from './audience-transaction';

/** The file by which a directory says that its people are invented. */
export const sampleMarker = 'sample.json';

/** Is this the directory of a sample world? */
export async function isSampleWorld(directory: string): Promise<boolean> {
  return readFile(join(directory, sampleMarker)).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
      throw error;
    },
  );
}

/**
 * Lets a sample world into a sandbox only, and marks the installation before the first invented person is in it: from then on
 * its courier speaks to loopback alone.
 *
 * @throws Refusal `sample-in-production`, `installation-unknown`
 */
export async function admitSample(pool: Pool, file: string, isDryRun: boolean): Promise<void> {
  if (!(await isSampleWorld(dirname(file)))) return;
  const transaction = await beginAudience(pool);
  try {
    const { rows } = await transaction.client.query<{ kind: string }>(
      'select kind from platform.installation',
    );
    const kind = rows[0]?.kind;
    if (kind === undefined) {
      throw new Refusal(
        'installation-unknown',
        'This installation does not say yet what it is: run "varde db migrate" first.',
      );
    }
    if (kind !== 'sandbox') {
      throw new Refusal(
        'sample-in-production',
        `${dirname(file)} holds the sample world (${sampleMarker}), and this is a production installation. Nothing was read: import it into a sandbox.`,
      );
    }
    if (!isDryRun) await transaction.client.query('select platform.mark_sample_world()');
    await transaction.commit();
  } catch (error) {
    await transaction.rollBack();
    throw error;
  }
}
