import { mkdir, open, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '@varde/kernel';
import { sampleMarker } from '../import/sample-marker';
import type { Chance } from './chance';
import { sampleCustomer, sampleHeaders, type SampleWorldFacts } from './sample-customer';
import { sampleAreas, sampleNetwork, type SampleHome } from './sample-network';
import { sampleReadme } from './sample-readme';

/** How large a sample world is, by which chance, and where it goes. */
export interface SampleOptions {
  /** 100 … 4,900,000. */
  readonly customers: number;
  /** The same seed writes the same bytes. */
  readonly seed: number;
  readonly dir: string;
  readonly onProgress?: (customerCount: number) => void;
}

/** How many rows a sample world has. */
export interface SampleCounts {
  areas: number;
  elements: number;
  customers: number;
  subscriptions: number;
  contacts: number;
  agreements: number;
}

/** Customers of a sample world, at least and at most. */
export const sampleSize = { fewest: 100, most: 4_900_000 } as const;

/** Can a sample world have so many customers? */
export const isSampleSize = (customers: number): boolean =>
  Number.isSafeInteger(customers) && customers >= sampleSize.fewest && customers <= sampleSize.most;

/**
 * Writes a world of invented people as the files that `varde import world` reads. It is streamed: memory does not grow with
 * it.
 *
 * @throws Refusal `sample-size-invalid`
 */
export async function writeSample(options: SampleOptions): Promise<SampleCounts> {
  const { customers, seed, dir } = options;
  if (!isSampleSize(customers)) {
    throw new Refusal(
      'sample-size-invalid',
      `A sample world has ${sampleSize.fewest} to ${sampleSize.most} customers: give another number.`,
    );
  }
  await mkdir(dir, { recursive: true });
  const network = sampleNetwork(customers);
  const features = [...sampleAreas()];
  await writeFile(
    join(dir, sampleMarker),
    `${JSON.stringify({ sampleWorld: true, customers, seed }, null, 2)}\n`,
  );
  await writeFile(join(dir, 'README.txt'), sampleReadme);
  await writeFile(join(dir, 'calendars.json'), `${JSON.stringify(sampleCalendars, null, 2)}\n`);
  const list = features.map((one) => JSON.stringify(one)).join(',\n');
  await writeFile(
    join(dir, 'areas.geojson'),
    `{"type":"FeatureCollection","features":[\n${list}\n]}\n`,
  );
  const rows = network.elements.map((cells) => cells.join(',')).join('\n');
  await writeFile(
    join(dir, 'elements.csv'),
    `element_id,kind,parent_id,area,name,services\n${rows}\n`,
  );
  const people = await writePeople(options, factsOf(options, network.homes));
  return { areas: features.length, elements: network.elements.length, ...people };
}

async function writePeople(
  options: SampleOptions,
  facts: SampleWorldFacts,
): Promise<Omit<SampleCounts, 'areas' | 'elements'>> {
  const names = ['customers', 'subscriptions', 'contacts', 'agreements'] as const;
  const files = await Promise.all(
    names.map((name) => LineFile.create(join(options.dir, `${name}.csv`), sampleHeaders[name])),
  );
  const [customers, subscriptions, contacts, agreements] = files as [
    LineFile,
    LineFile,
    LineFile,
    LineFile,
  ];
  try {
    for (let number = 0; number < options.customers; number++) {
      const rows = sampleCustomer(facts, number);
      customers.add(rows.customer);
      for (const line of rows.subscriptions) subscriptions.add(line);
      for (const line of rows.contacts) contacts.add(line);
      if (rows.agreement !== undefined) agreements.add(rows.agreement);
      if (number % 1000 === 999) {
        for (const file of files) await file.flush();
        options.onProgress?.(number + 1);
      }
    }
  } finally {
    for (const file of files) await file.close();
  }
  const [customerCount, subscriptionCount, contactCount, agreementCount] = files.map(
    (file) => file.count,
  ) as [number, number, number, number];
  return {
    customers: customerCount,
    subscriptions: subscriptionCount,
    contacts: contactCount,
    agreements: agreementCount,
  };
}

/** A file that lines are added to, and that takes them to the disk a thousand customers at a time. */
class LineFile {
  count = 0;
  #text: string;

  private constructor(
    private readonly handle: FileHandle,
    header: string,
  ) {
    this.#text = `${header}\n`;
  }

  static async create(file: string, header: string): Promise<LineFile> {
    return new LineFile(await open(file, 'w'), header);
  }

  add(line: string): void {
    this.#text += `${line}\n`;
    this.count++;
  }

  async flush(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    await this.handle.writeFile(text);
  }

  async close(): Promise<void> {
    await this.flush();
    await this.handle.close();
  }
}

function factsOf(
  { seed, customers }: SampleOptions,
  homes: readonly SampleHome[],
): SampleWorldFacts {
  const shares = { NO: 0.4, SE: 0.35, DK: 0.25 } as const;
  const byCountry = (['NO', 'SE', 'DK'] as const).map((country) => {
    const own = homes.filter((home) => home.country === country);
    return { share: shares[country], towns: own.flatMap((home) => home.cells.map(() => home)) };
  });
  const homeOf = (chance: Chance): SampleHome => {
    let left = chance.next();
    const found = byCountry.find((one) => (left -= one.share) < 0) ?? byCountry[0];
    return chance.of(found?.towns ?? homes);
  };
  const homeIn = (area: string): SampleHome => {
    const found = homes.find((home) => home.area === area);
    if (!found) throw new Error(`The sample has no place ${area}`);
    return found;
  };
  return { seed, customerCount: customers, homeOf, homeIn };
}

const office = (id: string, country: string, timeZone: string, to: string): object => ({
  id,
  country,
  timeZone,
  weekly: [
    { day: 'mon-fri', from: '08:00', to },
    { day: 'sat', from: '09:00', to: '15:00' },
  ],
  holidays: country,
  closed: ['2026-12-24'],
  open: [{ date: '2026-12-24', from: '09:00', to: '12:00' }],
});

const always = (id: string, country: string, timeZone: string): object => ({
  id,
  country,
  timeZone,
  weekly: [{ day: 'daily', from: '00:00', to: '24:00' }],
  holidays: null,
});

const sampleCalendars = [
  office('no-office', 'NO', 'Europe/Oslo', '20:00'),
  always('no-always', 'NO', 'Europe/Oslo'),
  office('se-office', 'SE', 'Europe/Stockholm', '20:00'),
  always('se-always', 'SE', 'Europe/Stockholm'),
  office('dk-office', 'DK', 'Europe/Copenhagen', '20:00'),
  always('dk-always', 'DK', 'Europe/Copenhagen'),
];
