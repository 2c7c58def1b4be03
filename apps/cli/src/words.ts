/** A table for people: the first row is the head; figures stand to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const cells = rows.map((row) => row.map(shown));
  const widths = (cells[0] ?? []).map((_, i) =>
    Math.max(...cells.map((row) => row[i]?.length ?? 0)),
  );
  return cells.map((row, n) =>
    row
      .map((cell, i) =>
        typeof rows[Math.max(n, 1)]?.[i] === 'number'
          ? cell.padStart(widths[i] ?? 0)
          : cell.padEnd(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

const shown = (cell: string | number): string => (typeof cell === 'number' ? grouped(cell) : cell);

/** A number as an English reader expects it: `412,318`. @source `experience.md` §10 */
export const grouped = (n: number): string =>
  n.toLocaleString('en-GB', { maximumFractionDigits: 20 });

/** The figure that is typed for a large audience, as it is shown: three digits, then zeros. @source UX-03 */
export function rounded(n: number): number {
  const unit = 10 ** Math.max(0, String(n).length - 3);
  return Math.round(n / unit) * unit;
}

/** What somebody typed as a number, with any grouping sign: `412 000`, `412.000`. `undefined` for anything else. */
export function typedNumber(text: string): number | undefined {
  const digits = text.replace(/[\s.,'’_]/g, '');
  return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}

/** `1 message`, `2 messages`. */
export const counted = (n: number, one: string, several = `${one}s`): string =>
  `${grouped(n)} ${n === 1 ? one : several}`;

const zones: Readonly<Record<string, string>> = {
  NO: 'Europe/Oslo',
  SE: 'Europe/Stockholm',
  DK: 'Europe/Copenhagen',
};

/**
 * A time as people read it, local to the incident's country and with the zone's name: in the repeated hour of autumn the clock
 * alone would not tell. The three countries keep the same time, so a time without a country is shown in it as well.
 *
 * @source `experience.md` §10
 */
export function localTime(iso: string, country = 'NO'): string {
  const part = new Map(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zones[country] ?? 'Europe/Oslo',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
    })
      .formatToParts(new Date(iso))
      .map(({ type, value }) => [type, value]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes): string => part.get(type) ?? '';
  return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')} ${of('timeZoneName')}`;
}

/** Whom it is about to reach, in words that differ and not only in colour. @source UX-02 */
export function modeLine(mode: string, reach: number): string {
  if (mode === 'ACTUAL') return `LIVE – ${counted(reach, 'recipient')}`;
  if (mode === 'EXERCISE')
    return `EXERCISE – 0 customers will be contacted (${grouped(reach)} in earnest)`;
  return `${mode} – nobody will be contacted`;
}
