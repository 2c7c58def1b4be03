/** A table for people: the first row is the head. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) =>
    Math.max(...rows.map((row) => String(row[i] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, i) =>
        typeof cell === 'number'
          ? String(cell).padStart(widths[i] ?? 0)
          : cell.padEnd(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** A number as people read it: `412 318`. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ' ');

/** The figure that is typed for a large audience: rounded to three digits, as it was shown. @source UX-03 */
export function rounded(n: number): number {
  const unit = 10 ** Math.max(0, String(n).length - 3);
  return Math.round(n / unit) * unit;
}

/** What somebody typed as a number: any grouping sign is taken. */
export const typedNumber = (text: string): number => Number(text.replace(/[\s.,'’_]/g, ''));
