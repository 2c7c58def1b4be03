import type { Area } from '@varde/communication-domain';
import type { AreasNamed } from '@varde/contracts';
import type { Tx } from '@varde/platform-database';

/** This context's own copy of the areas' names, as texts need them. */
export class AreaNamesRepository {
  /** The areas with these codes, and every area around them. Unknown codes are left out. */
  async around(tx: Tx, codes: readonly string[]): Promise<Area[]> {
    const rows = await tx.query<{
      code: string;
      parent: string | null;
      level: Area['level'];
      names: Area['names'];
      in_names: Area['names'];
    }>(
      `with recursive up as (
         select * from communication.area_name where code = any($1::text[])
         union select a.* from communication.area_name a join up on a.code = up.parent)
       select code, parent, level, names, in_names from up`,
      [codes],
    );
    return rows.map((row) => ({
      code: row.code,
      level: row.level,
      names: row.names,
      inNames: row.in_names,
      ...(row.parent !== null && { parent: row.parent }),
    }));
  }

  /** Takes new names. A repeat changes nothing. */
  async store(tx: Tx, { areas }: AreasNamed): Promise<void> {
    await tx.query(
      `insert into communication.area_name as a (code, parent, level, country, names, in_names)
       select x.code, x.parent, x.level, x.country, x.names, coalesce(x."inNames", '{}')
         from jsonb_to_recordset($1::jsonb) as x (code text, parent text, level text, country text, names jsonb, "inNames" jsonb)
       on conflict (code) do update set parent = excluded.parent, level = excluded.level, country = excluded.country,
         names = excluded.names, in_names = excluded.in_names`,
      [JSON.stringify(areas)],
    );
  }
}
