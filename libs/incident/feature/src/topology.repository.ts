import type { KnownPlaces, NamedPlaces } from '@varde/incident-domain';
import { countries, services, type Service } from '@varde/incident-domain/vocabulary';
import type { Tx } from '@varde/platform-database';

/** One element of the network, as the operator's inventory delivers it. */
export interface ElementRow {
  readonly elementId: string;
  readonly parentId: string | null;
  readonly kind: 'core' | 'region' | 'site' | 'cell' | 'access';
  /** Code of the area in which it stands. */
  readonly area: string;
  /** Services that stop when it stops, as bits in the order of the vocabulary: mobile-voice 1, mobile-data 2, sms 4 … */
  readonly services: number;
}

/** One area, with the area around it. */
export interface AreaRow {
  readonly code: string;
  readonly parent: string | null;
  readonly level: 'country' | 'county' | 'municipality';
}

/** An element with everything above it, as correlation asks for it. */
export interface PlacedElement {
  readonly elementId: string;
  readonly parentId: string | null;
  /** Nearest first. */
  readonly ancestors: readonly string[];
  /** Its own area and all around it. */
  readonly areaPath: readonly string[];
  readonly services: readonly Service[];
}

interface PlacedRow {
  readonly element_id: string;
  readonly parent_id: string | null;
  readonly ancestors: string[];
  readonly area_path: string[];
  readonly services: number;
}

/**
 * The incident context's own copy of the network's shape, written by the import in the transaction that changes the audience's.
 * Rows come by the hundred thousand, so everything here is one statement for many.
 */
export class IncidentTopology {
  /** Adds elements and changes those that differ. @returns how many were added or changed */
  async upsertElements(tx: Tx, rows: readonly ElementRow[]): Promise<number> {
    const [done] = await tx.query<{ n: string }>(
      `with changed as (
         insert into incident.element as e (element_id, parent_id, kind, area, services)
         select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[])
         on conflict (element_id) do update set parent_id = excluded.parent_id, kind = excluded.kind, area = excluded.area,
             services = excluded.services
           where (e.parent_id, e.kind, e.area, e.services)
             is distinct from (excluded.parent_id, excluded.kind, excluded.area, excluded.services)
         returning 1)
       select count(*) as n from changed`,
      [
        rows.map((row) => row.elementId),
        rows.map((row) => row.parentId),
        rows.map((row) => row.kind),
        rows.map((row) => row.area),
        rows.map((row) => row.services),
      ],
    );
    return Number(done?.n ?? 0);
  }

  /** Adds areas and changes those that differ. @returns how many were added or changed */
  async upsertAreas(tx: Tx, rows: readonly AreaRow[]): Promise<number> {
    const [done] = await tx.query<{ n: string }>(
      `with changed as (
         insert into incident.area as a (code, parent, level)
         select * from unnest($1::text[], $2::text[], $3::text[])
         on conflict (code) do update set parent = excluded.parent, level = excluded.level
           where (a.parent, a.level) is distinct from (excluded.parent, excluded.level)
         returning 1)
       select count(*) as n from changed`,
      [rows.map((row) => row.code), rows.map((row) => row.parent), rows.map((row) => row.level)],
    );
    return Number(done?.n ?? 0);
  }

  /** Takes elements away that ended in the inventory. What hangs on them stays where it is. */
  async endElements(tx: Tx, elementIds: readonly string[]): Promise<void> {
    await tx.query(`delete from incident.element where element_id = any($1)`, [elementIds]);
  }

  /**
   * Empties the copy and fills it again, for an import whose file is the whole truth.
   *
   * @param chunks  of any size; five to ten thousand rows each are quick
   */
  async replaceAll(
    tx: Tx,
    chunks: AsyncIterable<readonly ElementRow[]> | Iterable<readonly ElementRow[]>,
  ): Promise<void> {
    await tx.query(`delete from incident.element`);
    for await (const chunk of chunks) await this.upsertElements(tx, chunk);
  }

  /** Those of these elements that we know, each with what is above it. */
  async place(tx: Tx, elementIds: readonly string[]): Promise<ReadonlyMap<string, PlacedElement>> {
    if (elementIds.length === 0) return new Map();
    const rows = await tx.query<PlacedRow>('select * from incident.place($1)', [elementIds]);
    return new Map(rows.map((row) => [row.element_id, placedOf(row)]));
  }

  /** Those of these area codes that we do not know. A country's own code is always known. */
  async unknownAreas(tx: Tx, codes: readonly string[]): Promise<readonly string[]> {
    const rows = await tx.query<{ code: string }>(
      `select asked.code from unnest($1::text[]) as asked (code)
        where asked.code <> all($2) and not exists (select from incident.area a where a.code = asked.code)`,
      [codes, countries],
    );
    return rows.map((row) => row.code);
  }

  /** What we know of these places. */
  async known(tx: Tx, { elements, areas }: NamedPlaces): Promise<KnownPlaces> {
    const found = await tx.query<{ element_id: string; country: string }>(
      `select element_id, split_part(area, '-', 1) as country from incident.element where element_id = any($1)`,
      [elements],
    );
    const unknown = new Set(await this.unknownAreas(tx, areas));
    return {
      countryOfElement: new Map(found.map((row) => [row.element_id, row.country])),
      areas: new Set(areas.filter((code) => !unknown.has(code))),
    };
  }
}

const placedOf = (row: PlacedRow): PlacedElement => ({
  elementId: row.element_id,
  parentId: row.parent_id,
  ancestors: row.ancestors,
  areaPath: [...new Set(row.area_path)].sort(),
  services: services.filter((_, bit) => (row.services & (1 << bit)) !== 0),
});
