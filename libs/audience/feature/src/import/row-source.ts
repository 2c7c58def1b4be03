import { Refusal } from '@varde/kernel';
import {
  areaProperties,
  delimiterOf,
  placesOf,
  propertiesOf,
  type Cells,
  type ColumnContract,
  type ColumnPlaces,
  type ProblemReason,
} from '@varde/audience-domain';
import { FeatureSplitter } from './feature-splitter';
import { RecordSplitter, type CsvRecord } from './record-splitter';

/** One row of a file, not understood yet. */
export interface RawRow {
  readonly line: number;
  /** As it stands there, for the list of the rejected rows. */
  readonly cells: readonly string[];
  /** Set where the row cannot even be cut into cells. */
  readonly problem?: ProblemReason;
  /** Of a JSON file: the value. */
  readonly value?: unknown;
}

/** Cuts the text of a file into rows as it comes in. */
export interface RowSource {
  /** Names of the cells; known once the first row is there. */
  header(): readonly string[];
  delimiter(): string;
  push(text: string): readonly RawRow[];
  end(): readonly RawRow[];
}

/** Rows of a CSV file: the header tells the delimiter and where each column is. */
export class CsvSource<Column extends string> implements RowSource {
  #places: ColumnPlaces<Column> | undefined;
  #splitter: RecordSplitter | undefined;
  #header: readonly string[] = [];
  #delimiter = ',';
  #start = '';

  constructor(
    private readonly contract: ColumnContract<Column>,
    private readonly file: string,
  ) {}

  header(): readonly string[] {
    return this.#header;
  }

  delimiter(): string {
    return this.#delimiter;
  }

  /** The cells of a row by column. */
  cellsOf(row: RawRow): Cells<Column> {
    const places = this.#places as ColumnPlaces<Column>;
    return (column) => {
      const place = places[column];
      return place === undefined ? '' : trimmed(row.cells[place] ?? '');
    };
  }

  push(text: string): readonly RawRow[] {
    if (this.#splitter) return this.#checked(this.#splitter.push(text));
    this.#start += text;
    const end = this.#start.indexOf('\n');
    if (end === -1 && this.#start.length < 65_536) return [];
    return this.#checked(this.#begin().push(this.#start));
  }

  end(): readonly RawRow[] {
    if (this.#splitter) return this.#checked(this.#splitter.end());
    const splitter = this.#begin();
    return this.#checked([...splitter.push(this.#start), ...splitter.end()]);
  }

  #begin(): RecordSplitter {
    const line = this.#start.split('\n', 1)[0] ?? '';
    this.#delimiter = delimiterOf(line);
    this.#splitter = new RecordSplitter(this.#delimiter);
    return this.#splitter;
  }

  #checked(records: readonly CsvRecord[]): readonly RawRow[] {
    const rows = this.#places ? records : this.#withoutHeader(records);
    const width = this.#header.length;
    return rows.map((row) =>
      row.problem === undefined && row.cells.length !== width
        ? { ...row, problem: 'cell-count' as const }
        : row,
    );
  }

  #withoutHeader(records: readonly CsvRecord[]): readonly CsvRecord[] {
    const [first, ...rows] = records;
    if (!first || first.problem) {
      throw new Refusal(
        'file-empty',
        `${this.file} has no header line that can be read. Nothing was read.`,
      );
    }
    this.#header = first.cells.map((name) => name.trim());
    this.#places = placesOf(this.#header, this.contract);
    return rows;
  }
}

/** Rows of `areas.geojson`: the features of its collection. */
export class FeatureSource implements RowSource {
  readonly #splitter: FeatureSplitter;

  constructor(file: string) {
    this.#splitter = new FeatureSplitter(file);
  }

  header(): readonly string[] {
    return areaProperties;
  }

  delimiter(): string {
    return ',';
  }

  push(text: string): readonly RawRow[] {
    return this.#splitter.push(text).map(areaRow);
  }

  end(): readonly RawRow[] {
    return this.#splitter.end().map(areaRow);
  }
}

/** Rows of `calendars.json`: the entries of its list. Small: it is read whole. */
export class ListSource implements RowSource {
  #text = '';

  constructor(private readonly file: string) {}

  header(): readonly string[] {
    return ['calendar'];
  }

  delimiter(): string {
    return ',';
  }

  push(text: string): readonly RawRow[] {
    this.#text += text;
    if (this.#text.length > 8 * 1024 * 1024)
      throw this.#refused('is larger than a list of calendars may be');
    return [];
  }

  end(): readonly RawRow[] {
    let list: unknown;
    try {
      list = JSON.parse(this.#text);
    } catch {
      throw this.#refused('is not JSON');
    }
    if (!Array.isArray(list)) throw this.#refused('must be a list of calendars');
    // JSON has no lines of its own: the place in the list, from 1, is what a person can count.
    return list.map((value: unknown, index) => ({
      line: index + 1,
      cells: [JSON.stringify(value)],
      value,
    }));
  }

  #refused(what: string): Refusal {
    return new Refusal('file-not-json', `${this.file} ${what}. Nothing was read.`);
  }
}

function areaRow({ line, value }: { line: number; value: unknown }): RawRow {
  const properties = propertiesOf(value) ?? {};
  const cells = areaProperties.map((name) => {
    const property = properties[name];
    return typeof property === 'string' ? property : (JSON.stringify(property) ?? '');
  });
  return { line, cells, value };
}

// `trim` on every cell costs more than the look at both ends.
function trimmed(cell: string): string {
  if (cell === '') return cell;
  const first = cell.charCodeAt(0);
  const last = cell.charCodeAt(cell.length - 1);
  return first > 32 && first !== 160 && last > 32 && last !== 160 ? cell : cell.trim();
}
