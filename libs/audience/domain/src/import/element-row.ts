import { CellReader, type Cells } from './cell';
import type { ColumnOf, elementColumns } from './columns';
import type { Reading } from './row-problem';
import { serviceBits } from './service-bits';
import { elementKinds, importServices, type ElementKind } from './words';

/** An element of the network, as a row of `elements.csv` tells it. @source reference/import-formats.md */
export interface ElementRow {
  readonly elementId: string;
  readonly kind: ElementKind;
  readonly parentId: string | undefined;
  readonly area: string;
  readonly name: string | undefined;
  readonly lat: number | undefined;
  readonly lon: number | undefined;
  /** Bits, never 0: an element that carries nothing would hit nobody when it stops. */
  readonly services: number;
}

/** Reads one row of `elements.csv`. */
export function readElement(cells: Cells<ColumnOf<typeof elementColumns>>): Reading<ElementRow> {
  const reader = new CellReader(cells);
  const elementId = reader.id('element_id');
  const kind = reader.word('kind', elementKinds);
  const parentId = reader.optionalId('parent_id');
  if (kind !== 'core' && parentId === undefined && cells('parent_id') === '')
    reader.reject('parent_id', 'value-missing');
  if (kind === 'core' && parentId !== undefined) reader.reject('parent_id', 'value-unexpected');
  const area = reader.id('area');
  const name = reader.text('name');
  const lat = reader.number('lat', -90, 90);
  const lon = reader.number('lon', -180, 180);
  if ((cells('lat') === '') !== (cells('lon') === '')) reader.reject('lat', 'number-invalid');
  const services = serviceBits(reader.words('services', importServices));
  if (services === 0 && !reader.rejected) reader.reject('services', 'value-missing');
  if (reader.rejected) return { problems: reader.problems };
  return {
    problems: reader.problems,
    row: { elementId, kind, parentId, area, name, lat, lon, services },
  };
}
