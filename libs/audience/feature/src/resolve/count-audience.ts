import { serviceMask } from '@varde/audience-domain';
import type { IncidentFacts } from '@varde/contracts';
import type { Tx } from '@varde/platform-database';
import { fillHitAreas, fillHitElements } from './hit.sql';
import { dayIn, isLiving, isValid, prepareScratch, today } from './scratch.sql';

/** Where, and in which services, a writer asks "how many?". */
export type CountScope = Pick<IncidentFacts, 'mode' | 'services' | 'elements' | 'areas'>;

/** How many are hit, before anybody decides whom to tell. */
export interface AudienceCount {
  readonly subscriptions: number;
  readonly customers: number;
  /** Customers of class 0, 1, 2 and 3. */
  readonly byClass: readonly [number, number, number, number];
}

const touched = `
  select se.subscription_n as n, bit_or(e.mask) as mask
    from unnest($4::int[], $5::int[]) e (n, mask) join audience.subscription_element se on se.element_n = e.n
   group by se.subscription_n`;
const touchedInArea = `
  select n, bit_or(mask) as mask
    from (${touched} union all select s.n, $2::int from audience.subscription s where s.area = any ($6::text[])) t
   group by n`;

/**
 * Counts by the law of the snapshot, in one statement that keeps nothing: `$1` days, `$2` services, `$3` exercise, `$4`
 * elements and `$5` what each has lost, `$6` areas. The agreements are looked up last, once per customer.
 *
 * @param byArea without areas their half is left out
 */
export const countHit = (byArea: boolean): string => `
with customer as (
  select s.customer_n, count(*) as k,
         min(case when c.society is not null then 0 when c.kind = 'business' then 2 else 3 end) as base
    from (${byArea ? touchedInArea : touched}) t
    join audience.subscription s on s.n = t.n
    join audience.customer c on c.n = s.customer_n
   where s.services & t.mask & $2::int <> 0
     and ${isValid('s', dayIn('c.country'))} and ${isLiving('c', dayIn('c.country'))}
     and (not c.is_exercise or $3::boolean)
   group by s.customer_n),
classed as (
  select k, case when base = 0 then 0
                 when exists (select from audience.agreement a join audience.customer c on c.n = a.customer_n
                               where a.customer_n = customer.customer_n
                                 and ${isValid('a', dayIn('c.country'))} and ${isLiving('a', dayIn('c.country'))}) then 1
                 else base end as class
    from customer
  offset 0)
select coalesce(sum(k), 0)::int as subscriptions, count(*)::int as customers,
       array[count(*) filter (where class = 0), count(*) filter (where class = 1),
             count(*) filter (where class = 2), count(*) filter (where class = 3)]::int[] as "byClass"
  from classed`;

/**
 * How many would an incident here hit? For the writer's eyes: what is sent follows the snapshot, not this.
 *
 * @source benchmarks B4, "count for the composer"
 */
export async function countAudience(tx: Tx, scope: CountScope): Promise<AudienceCount> {
  await tx.query(prepareScratch);
  const [day] = await tx.query<{ days: string[] }>(today);
  const services = serviceMask(scope.services);
  const byArea = scope.areas.length > 0;
  if (byArea) await tx.query(fillHitAreas, [scope.areas]);
  await tx.query(fillHitElements, [day?.days, services, scope.elements]);
  const [place] = await tx.query<{ elements: number[]; masks: number[]; areas: string[] }>(
    `select coalesce(array_agg(element_n order by element_n), '{}') as elements,
            coalesce(array_agg(mask order by element_n), '{}') as masks,
            (select coalesce(array_agg(code), '{}') from pg_temp.hit_area) as areas
       from pg_temp.hit_element`,
  );
  const [count] = await tx.query<AudienceCount>(countHit(byArea), [
    day?.days,
    services,
    scope.mode === 'EXERCISE',
    place?.elements,
    place?.masks,
    ...(byArea ? [place?.areas] : []),
  ]);
  if (!count) throw new Error('The database did not count.');
  return count;
}
