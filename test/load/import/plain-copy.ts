import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

// In the order of their foreign keys.
const tables = [
  'area',
  'element',
  'customer',
  'subscription',
  'subscription_element',
  'contact',
  'contact_address',
];

/** The baseline: the finished rows of one database, ciphertexts and numbers included, by COPY into the same empty tables of another. */
export async function plainCopy(
  from: string,
  to: string,
  folder: string,
): Promise<{ seconds: number; rowCount: number }> {
  const [source, target] = [
    new Client({ connectionString: from }),
    new Client({ connectionString: to }),
  ];
  await source.connect();
  await target.connect();
  let [seconds, rowCount] = [0, 0];
  try {
    for (const table of tables) {
      const file = join(folder, table);
      await pipeline(
        source.query(copyTo(`copy audience.${table} to stdout`)),
        createWriteStream(file),
      );
      const started = performance.now();
      const copy = target.query(copyFrom(`copy audience.${table} from stdin`));
      await pipeline(createReadStream(file), copy);
      await target.query(`analyze audience.${table}`);
      seconds += (performance.now() - started) / 1000;
      rowCount += copy.rowCount;
    }
  } finally {
    await source.end();
    await target.end();
  }
  return { seconds, rowCount };
}
