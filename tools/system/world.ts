import { importWorld, writeSample } from '@varde/audience-feature';
import { SourceRepository } from '@varde/incident-feature';
import type { Source } from '@varde/incident-domain';
import { days, plus } from '@varde/kernel';
import { seedPeople, type SeedPerson } from '@varde/platform-auth';
import { Database } from '@varde/platform-database';
import { AddressCipher, readAddressKeys } from '@varde/platform-secrets';
import { systemClock } from '@varde/platform-time';
import { copyTopology } from '../../apps/cli/src/machine-room/copy-topology';
import type { Installation } from './installation';

/** What the invented world is made from. */
export interface WorldPlan {
  readonly installation: Installation;
  readonly addressKeysFile: string;
  readonly folder: string;
  readonly customers: number;
  readonly seed: number;
  readonly issuer: string;
  readonly people: readonly SeedPerson[];
  readonly report: (line: string) => void;
}

/** One source for each dialect and each desk, as the sample world's network has them. */
export const sampleSources: readonly Source[] = [
  ...(['NO', 'SE', 'DK'] as const).flatMap((country): Source[] => [
    {
      id: `/nms/${country.toLowerCase()}/ran-east`,
      topic: 'network.incidents',
      dialect: 'cloudevents-tmf642',
      country,
      mode: 'ACTUAL',
      rights: ['alarms'],
      active: true,
    },
    {
      id: `/noc/${country.toLowerCase()}/desk`,
      topic: 'network.incidents',
      dialect: 'cloudevents-tmf642',
      country,
      mode: 'ACTUAL',
      rights: ['reports'],
      active: true,
    },
  ]),
  {
    id: 'sample-tmf642',
    topic: 'network.alarms.tmf642',
    dialect: 'tmf642-bare',
    country: 'NO',
    mode: 'ACTUAL',
    rights: ['alarms'],
    active: true,
  },
  {
    id: 'sample-ves',
    topic: 'network.alarms.ves',
    dialect: 'ves-7',
    country: 'NO',
    mode: 'ACTUAL',
    rights: ['alarms'],
    active: true,
  },
  {
    id: 'sample-3gpp',
    topic: 'network.alarms.3gpp',
    dialect: '3gpp-notify',
    country: 'NO',
    mode: 'ACTUAL',
    rights: ['alarms'],
    active: true,
  },
];

/** Writes the sample world as files, imports them through the ordinary import, registers sources and people. Again changes nothing. */
export async function makeWorld(plan: WorldPlan): Promise<void> {
  const database = await Database.connect({
    url: plan.installation.urlFor('varde_import'),
    applicationName: 'varde-import',
    poolSize: 6,
  });
  try {
    const cipher = new AddressCipher(readAddressKeys(plan.addressKeysFile));
    await database.transaction((tx) =>
      seedPeople(tx, plan.people, {
        issuer: plan.issuer,
        cipher,
        rosterFrom: plus(systemClock.now(), days(-1)),
        rosterTo: plus(systemClock.now(), days(365)),
      }),
    );
    await database.unitOfWork('varde_incident', async (tx) => {
      for (const source of sampleSources)
        await new SourceRepository().register(tx, source, 'sample world');
    });
    if (plan.customers === 0) return;
    const counts = await writeSample({
      customers: plan.customers,
      seed: plan.seed,
      dir: plan.folder,
    });
    plan.report(
      `Sample world written: ${counts.customers} customers, ${counts.subscriptions} subscriptions, ${counts.elements} elements, ${counts.areas} areas.`,
    );
    await importWorld(plan.folder, {
      pool: database.pool,
      cipher,
      by: 'quickstart',
      onReport: (report) =>
        plan.report(
          `Imported ${report.what}: ${report.keptCount} rows, ${report.changedCount} changed, ${report.rejectedCount} rejected.`,
        ),
    });
    await copyTopology(database);
  } finally {
    await database.close();
  }
}
