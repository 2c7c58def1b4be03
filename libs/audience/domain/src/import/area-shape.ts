/** A position of GeoJSON: longitude, latitude, perhaps a height. */
export type Position = readonly number[];
/** A closed line: the last position equals the first. */
export type Ring = readonly Position[];

/** The shape of an area, its rings wound so that a sphere reads them as the smaller side. */
export type AreaGeometry =
  | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] };

/**
 * Reads the geometry of an area and winds its rings by size: outer ones clockwise, holes the other way, as d3-geo reads them.
 * A ring wound the other way would be the whole globe except the county.
 *
 * @returns `undefined` for an area without a shape, `invalid` for anything but closed rings on this globe
 * @source RFC 7946 §3.1.6; experience.md §13
 */
export function areaShape(geometry: unknown): AreaGeometry | undefined | 'invalid' {
  if (geometry === null || geometry === undefined) return undefined;
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown };
  if (type === 'Polygon' && isPolygon(coordinates))
    return { type, coordinates: wound(coordinates) };
  if (
    type === 'MultiPolygon' &&
    Array.isArray(coordinates) &&
    coordinates.length > 0 &&
    coordinates.every(isPolygon)
  ) {
    return { type, coordinates: coordinates.map(wound) };
  }
  return 'invalid';
}

/** The area that a ring encloses on a flat map, in square degrees; positive when it runs clockwise. */
export function clockwiseArea(ring: Ring): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [x0 = 0, y0 = 0] = ring[i - 1] ?? [];
    const [x1 = 0, y1 = 0] = ring[i] ?? [];
    sum += (x1 - x0) * (y1 + y0);
  }
  return sum / 2;
}

const wound = (rings: readonly Ring[]): readonly Ring[] =>
  rings.map((ring, index) =>
    clockwiseArea(ring) > 0 === (index === 0) ? ring : [...ring].reverse(),
  );

function isPolygon(value: unknown): value is readonly Ring[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRing);
}

function isRing(value: unknown): value is Ring {
  if (!Array.isArray(value) || value.length < 4 || !value.every(isPosition)) return false;
  const first = value[0] as Position;
  const last = value[value.length - 1] as Position;
  return first[0] === last[0] && first[1] === last[1];
}

function isPosition(value: unknown): value is Position {
  if (!Array.isArray(value) || value.length < 2 || !value.every((n) => Number.isFinite(n)))
    return false;
  const [lon, lat] = value as readonly number[];
  return Math.abs(lon ?? 999) <= 180 && Math.abs(lat ?? 999) <= 90;
}
