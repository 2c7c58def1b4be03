import { everyService } from './service-mask';
import { holdsOn, type Days, type World } from './world';

/** What an incident says about where it is. */
export interface IncidentScope {
  readonly mode: 'ACTUAL' | 'EXERCISE';
  /** Bits, never none. */
  readonly services: number;
  readonly elements: readonly string[];
  readonly areas: readonly string[];
}

/** How a subscription is hit. */
export interface SubscriptionHit {
  /** The services that it has lost. */
  readonly mask: number;
  /** *out*; else *partly*. */
  readonly isOut: boolean;
}

/** The named areas and all below them. */
export function areasWithin(world: World, codes: readonly string[]): ReadonlySet<string> {
  const within = new Set(
    world.areas.map((area) => area.code).filter((code) => codes.includes(code)),
  );
  for (let before = -1; before < within.size;) {
    before = within.size;
    for (const area of world.areas) {
      if (area.parent !== undefined && within.has(area.parent)) within.add(area.code);
    }
  }
  return within;
}

/**
 * Which services each element has lost: below a named element those that it and the named one carry, at a place in a named
 * area all. Elements that have ended carry nobody.
 *
 * @source invariants §2.5, *Hit*; reference/import-formats.md, `elements.csv`
 */
export function hitElements(
  world: World,
  scope: IncidentScope,
  days: Days,
): ReadonlyMap<string, number> {
  const byId = new Map(world.elements.map((element) => [element.id, element]));
  const areas = areasWithin(world, scope.areas);
  const countryOf = new Map(world.areas.map((area) => [area.code, area.country]));
  const hit = new Map<string, number>();
  for (const element of world.elements) {
    if (!holdsOn(element, days[countryOf.get(element.area) ?? ''] ?? '')) continue;
    let above = 0;
    for (
      let at = byId.get(element.id);
      at;
      at = at.parent === undefined ? undefined : byId.get(at.parent)
    ) {
      if (scope.elements.includes(at.id)) above |= at.services;
    }
    const byArea = areas.has(element.area) ? everyService : 0;
    const mask = (byArea | (above & element.services)) & scope.services;
    if (mask !== 0) hit.set(element.id, mask);
  }
  return hit;
}

/**
 * Which subscriptions are hit, and how. Own area and first element make it *out*, any other element *partly*. An exercise
 * customer is hit in exercises only.
 *
 * @source invariants §2.5, *Hit*
 */
export function hitSubscriptions(
  world: World,
  scope: IncidentScope,
  days: Days,
): ReadonlyMap<string, SubscriptionHit> {
  const elements = hitElements(world, scope, days);
  const areas = areasWithin(world, scope.areas);
  const customers = new Map(world.customers.map((customer) => [customer.id, customer]));
  const hit = new Map<string, SubscriptionHit>();
  for (const subscription of world.subscriptions) {
    const customer = customers.get(subscription.customer);
    const day = days[customer?.country ?? ''] ?? '';
    if (!customer || !holdsOn(customer, day) || !holdsOn(subscription, day)) continue;
    if (customer.isExercise && scope.mode !== 'EXERCISE') continue;
    const own =
      subscription.area !== undefined && areas.has(subscription.area) ? scope.services : 0;
    const masks = subscription.elements.map((id) => elements.get(id) ?? 0);
    const mask = masks.reduce((all, one) => all | one, own) & subscription.services;
    if (mask === 0) continue;
    hit.set(subscription.id, {
      mask,
      isOut: ((own | (masks[0] ?? 0)) & subscription.services) !== 0,
    });
  }
  return hit;
}

/** Counties that are hit as a whole by area: named themselves, or every municipality in them. Sorted. @source invariants §2.5 */
export function wholeCounties(world: World, scope: IncidentScope, days: Days): string[] {
  const within = areasWithin(world, scope.areas);
  return world.areas
    .filter((area) => area.level === 'county')
    .filter((county) => {
      const inside = world.areas.filter(
        (area) =>
          area.parent === county.code &&
          area.level === 'municipality' &&
          holdsOn(area, days[area.country] ?? ''),
      );
      return (
        within.has(county.code) ||
        (inside.length > 0 && inside.every((area) => within.has(area.code)))
      );
    })
    .map((county) => county.code)
    .sort();
}
