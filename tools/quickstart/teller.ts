import pc from 'picocolors';

/** Says what happens, in plain lines with the time since the beginning. */
export interface Teller {
  /** A step begins. */
  step(title: string): void;
  line(text: string): void;
  /** Something that matters more than the lines around it. */
  good(text: string): void;
  warn(text: string): void;
  table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void;
}

/** @param write where lines go; colours are used in a terminal only */
export function tellerTo(write: (text: string) => void, isTerminal: boolean): Teller {
  const began = performance.now();
  const paint = pc.createColors(isTerminal && !process.env.NO_COLOR);
  const stamp = (): string =>
    paint.dim(`${((performance.now() - began) / 1_000).toFixed(1).padStart(6)} s  `);
  return {
    step: (title) => write(`\n${stamp()}${paint.bold(title)}\n`),
    line: (text) => write(`${stamp()}${text}\n`),
    good: (text) => write(`${stamp()}${paint.green('✓')} ${text}\n`),
    warn: (text) => write(`${stamp()}${paint.yellow('!')} ${text}\n`),
    table: (head, rows) => {
      const widths = head.map((title, i) =>
        Math.max(title.length, ...rows.map((row) => String(row[i] ?? '').length)),
      );
      const show = (row: readonly (string | number)[]): string =>
        row
          .map((cell, i) =>
            typeof cell === 'number'
              ? String(cell).padStart(widths[i] ?? 0)
              : cell.padEnd(widths[i] ?? 0),
          )
          .join('  ');
      write(`          ${paint.bold(show(head))}\n`);
      for (const row of rows) write(`          ${show(row)}\n`);
    },
  };
}

/** A number as people read it: `412 318`. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ' ');
