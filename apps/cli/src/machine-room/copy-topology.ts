import { IncidentTopology, type AreaRow, type ElementRow } from '@varde/incident-feature';
import type { Database } from '@varde/platform-database';

const atOnce = 20_000;

/**
 * Gives the incident context its own copy of areas and elements after an import: it correlates by topology and may not read the
 * audience's tables. Unchanged rows are left alone.
 *
 * @param database signed in under a role that may take both contexts' roles: `varde_import`
 * @returns how many areas and elements changed
 */
export async function copyTopology(database: Database): Promise<number> {
  const topology = new IncidentTopology();
  const areas = await database.unitOfWork('varde_audience', (tx) =>
    tx.query<AreaRow>(`select code, parent, level from audience.area`),
  );
  let changed = await database.unitOfWork('varde_incident', (tx) =>
    topology.upsertAreas(tx, areas),
  );
  for (let after = 0; ;) {
    const rows = await database.unitOfWork('varde_audience', (tx) =>
      tx.query<ElementRow & { n: number }>(
        `select e.n, e.element_id as "elementId", p.element_id as "parentId", e.kind, e.area, e.services
           from audience.element e left join audience.element p on p.n = e.parent_n
          where e.n > $1 and e.ended_on is null order by e.n limit $2`,
        [after, atOnce],
      ),
    );
    const last = rows.at(-1);
    if (!last) return changed;
    changed += await database.unitOfWork('varde_incident', (tx) =>
      topology.upsertElements(tx, rows),
    );
    after = last.n;
  }
}
