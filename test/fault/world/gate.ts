import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { FaultWorld } from './fault-world';

/** A halt as the database saw it. */
export interface Halt {
  readonly at: Date;
  /** From the call to the end of its commit, by the database's own clock. */
  readonly tookMs: number;
}

const signedIn = async (world: FaultWorld): Promise<Client> => {
  const client = new Client({ connectionString: world.scene.facts.urls.gate });
  await client.connect();
  return client;
};

/** Halts a dispatch as the machine room does, with the API, Redis and Kafka out of the way. */
export async function halted(world: FaultWorld, dispatchId: string): Promise<Halt> {
  const client = await signedIn(world);
  try {
    // One message to the server, so that the network and this process stay out of the figure.
    const answers = (await client.query(
      `begin; select clock_timestamp() as began;
       select delivery.halt('dispatch', '${dispatchId}', '${randomUUID()}', 'The text names the wrong town.');
       commit;
       select clock_timestamp() as ended,
              (select max(at) from delivery.gate_event where id = '${dispatchId}' and what = 'halted') as at`,
    )) as unknown as readonly { rows: readonly Record<string, Date>[] }[];
    const rows = Object.assign({}, ...answers.flatMap((answer) => answer.rows)) as {
      began: Date;
      ended: Date;
      at: Date;
    };
    return { at: rows.at, tookMs: rows.ended.getTime() - rows.began.getTime() };
  } finally {
    await client.end();
  }
}

/** Two people open it again. */
export async function released(world: FaultWorld, dispatchId: string): Promise<void> {
  const client = await signedIn(world);
  try {
    for (const door of ['ask_release', 'release'])
      await client.query(`select delivery.${door}('dispatch', $1, $2, 'Read and agreed.')`, [
        dispatchId,
        randomUUID(),
      ]);
  } finally {
    await client.end();
  }
}
