/** Levels of areas, widest first. @source reference/import-formats.md, `areas.geojson` */
export const areaLevels = ['country', 'county', 'municipality'] as const;
/** One of {@link areaLevels}. */
export type AreaLevel = (typeof areaLevels)[number];

/** Which part of an update a person belongs to: each part is a message of its own. @source invariants §2.5 */
export const snapshotGroups = ['newly-hit', 'still-hit', 'restored'] as const;
/** One of {@link snapshotGroups}. */
export type SnapshotGroup = (typeof snapshotGroups)[number];

/** Is the whole of what somebody bought gone, or a part? Told by the first of a subscription's elements. @source invariants §2.5 */
export const hitDegrees = ['out', 'partly'] as const;
/** One of {@link hitDegrees}. */
export type HitDegree = (typeof hitDegrees)[number];

/** Why somebody who is hit is not told now. @source invariants §2.5, DL-14 */
export const unreachableReasons = [
  'through-the-fault',
  'no-address',
  'no-channel',
  'opted-out',
  'no-contact',
] as const;
/** One of {@link unreachableReasons}. */
export type UnreachableReason = (typeof unreachableReasons)[number];

/** How critical a recipient is: societally critical, SLA business, business, private. @source invariants §2.2 */
export const recipientClasses = [0, 1, 2, 3] as const;
/** One of {@link recipientClasses}. */
export type RecipientClass = (typeof recipientClasses)[number];
