import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importWorld } from '@varde/audience-feature';
import { Database } from '@varde/platform-database';
import { AddressCipher, readAddressKeys } from '@varde/platform-secrets';
import { copyTopology } from '../../../apps/cli/src/machine-room/copy-topology';
import type { SystemFacts } from './global-setup';

/** Somebody who lives in a town. All are invented. */
export interface Inhabitant {
  readonly id: string;
  readonly kind?: 'private' | 'business';
  readonly society?: 'hospital' | 'ambulance' | 'home-care';
  readonly language?: 'nb' | 'nn' | 'sv' | 'da' | 'en';
  readonly phone?: string;
  readonly email?: string;
  readonly agreement?: 'bronze' | 'silver' | 'gold';
  /** Where the reports of the agreement go (D-30). */
  readonly reportEmail?: string;
  readonly isExercise?: boolean;
  readonly optOuts?: string;
  /** Which part of the town; default the first. */
  readonly quarter?: number;
}

/** A town with its own municipalities and sites, so that two stories never meet. */
export interface Town {
  /** Codes of its quarters, each a municipality of its own. */
  readonly areas: readonly string[];
  /** A site in each quarter; every phone of the quarter hangs on its cell. */
  readonly sites: readonly string[];
}

// Jest gives each file its own memory, so what must differ between all stories of a run is counted in the stack's folder.
function next(what: string, first: number): number {
  const file = join(
    (JSON.parse(process.env.VARDE_ACCEPTANCE ?? '{}') as SystemFacts).folder,
    `next-${what}`,
  );
  const number = existsSync(file) ? Number(readFileSync(file, 'utf8')) + 1 : first;
  writeFileSync(file, String(number));
  return number;
}

/** A telephone number that no other story uses, from a range that nobody owns. */
export const aPhone = (): string => `+47${next('phone', 99_100_001)}`;

/**
 * Builds a town and moves people in, through the ordinary import.
 *
 * @param quarterCount how many municipalities it has
 */
export async function aTown(
  facts: SystemFacts,
  people: readonly Inhabitant[],
  quarterCount = 1,
): Promise<Town> {
  const prefix = String(next('town', 100)).padStart(3, '0');
  const areas = Array.from({ length: quarterCount }, (_, i) => `NO-${prefix}${i}`);
  const sites = areas.map((area) => `site/NO/${area.slice(3)}`);
  const folder = mkdtempSync(join(tmpdir(), 'varde-town-'));
  try {
    writeTown(folder, areas, people, `t${prefix}`);
    await moveIn(facts, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { areas, sites };
}

function writeTown(
  folder: string,
  areas: readonly string[],
  people: readonly Inhabitant[],
  town: string,
): void {
  mkdirSync(folder, { recursive: true });
  const feature = (code: string, parent: string | null, level: string, name: string): object => ({
    type: 'Feature',
    geometry: null,
    properties: {
      code,
      parent,
      level,
      names: { nb: name, nn: name, sv: name, da: name, en: name },
    },
  });
  const features = [
    feature('NO', null, 'country', 'Norge'),
    feature('NO-46', 'NO', 'county', 'Vestland'),
    ...areas.map((code) => feature(code, 'NO-46', 'municipality', `Varby ${code.slice(3)}`)),
  ];
  const csv = (name: string, head: string, rows: readonly string[]): void =>
    writeFileSync(join(folder, name), `${[head, ...rows].join('\n')}\n`);
  writeFileSync(
    join(folder, 'areas.geojson'),
    JSON.stringify({ type: 'FeatureCollection', features }),
  );
  csv('elements.csv', 'element_id,kind,parent_id,area,services', [
    // Its own core: sites under one parent belong together, and two stories must not.
    `core/NO/${town},core,,NO,mobile-voice|mobile-data|sms|broadband`,
    ...areas.flatMap((area) => [
      `site/NO/${area.slice(3)},site,core/NO/${town},${area},mobile-voice|mobile-data`,
      `cell/NO/${area.slice(3)}-1,cell,site/NO/${area.slice(3)},${area},mobile-voice|mobile-data`,
    ]),
  ]);
  const areaOf = (one: Inhabitant): string => areas[one.quarter ?? 0] ?? '';
  csv(
    'customers.csv',
    'customer_id,kind,country,language,society,exercise',
    people.map((one) =>
      [
        `${town}-${one.id}`,
        one.kind ?? 'private',
        'NO',
        one.language ?? 'nb',
        one.society ?? '',
        one.isExercise ? 'yes' : '',
      ].join(','),
    ),
  );
  csv(
    'subscriptions.csv',
    'subscription_id,customer_id,services,elements,area,identifier',
    people.map((one) =>
      [
        `${town}-s-${one.id}`,
        `${town}-${one.id}`,
        'mobile-voice|mobile-data|sms',
        `cell/NO/${areaOf(one).slice(3)}-1`,
        areaOf(one),
        one.phone ?? '',
      ].join(','),
    ),
  );
  csv(
    'contacts.csv',
    'contact_id,customer_id,role,sms,email,channels,opt_outs',
    people.map((one) =>
      [
        `${town}-c-${one.id}`,
        `${town}-${one.id}`,
        one.kind === 'business' ? 'technical' : 'subscriber',
        one.phone ?? '',
        one.email ?? '',
        'sms|email',
        one.optOuts ?? '',
      ].join(','),
    ),
  );
  csv(
    'agreements.csv',
    'agreement_id,customer_id,level,valid_from,support_hours,responsible,report_email',
    people.flatMap((one) =>
      one.agreement
        ? [
            [
              `${town}-a-${one.id}`,
              `${town}-${one.id}`,
              one.agreement,
              '2026-01-01',
              'always',
              `${town}-c-${one.id}`,
              one.reportEmail ?? '',
            ].join(','),
          ]
        : [],
    ),
  );
  writeFileSync(
    join(folder, 'calendars.json'),
    JSON.stringify([
      {
        id: 'always',
        country: 'NO',
        timeZone: 'Europe/Oslo',
        weekly: [{ day: 'daily', from: '00:00', to: '24:00' }],
        holidays: null,
        closed: [],
        open: [],
      },
    ]),
  );
}

async function moveIn(facts: SystemFacts, folder: string): Promise<void> {
  const database = await Database.connect({
    url: facts.urls.import,
    applicationName: 'acceptance-import',
    poolSize: 4,
  });
  try {
    const report = await importWorld(folder, {
      pool: database.pool,
      cipher: new AddressCipher(readAddressKeys(facts.addressKeysFile)),
      by: 'acceptance',
    });
    const bad = report.files.filter((file) => file.rejectedCount > 0);
    if (bad.length > 0)
      throw new Error(
        `The town was not imported whole: ${JSON.stringify(bad.map((file) => [file.what, file.problems]))}`,
      );
    await copyTopology(database);
  } finally {
    await database.close();
  }
}
