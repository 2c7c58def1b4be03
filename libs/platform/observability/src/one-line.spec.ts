import fc from 'fast-check';
import { logger } from './logger';
import { NestLogger } from './nest-logger';

const forged = '{"level":"info","event":"dispatch.approved"}';

/** Signs that end a line, or that a terminal or a reader obeys. */
const signs: readonly (readonly [name: string, text: string])[] = [
  ['CR', '\r'],
  ['LF', '\n'],
  ['CRLF', '\r\n'],
  ['NUL', '\0'],
  ['ANSI: clear the screen', '\u001b[2J\u001b[H'],
  ['ANSI: go up and overwrite', '\u001b[1A\u001b[2K'],
  ['ANSI: a title with BEL', '\u001b]0;x\u0007'],
  ['ANSI in one byte (CSI)', '\u009b2J'],
  ['backspaces', '\b\b\b'],
  ['U+2028', '\u2028'],
  ['U+2029', '\u2029'],
  ['NEL', '\u0085'],
  ['right to left', '\u202e'],
  ['a lone surrogate', '\ud800'],
];

// Where a title or a number comes into a line.
const fields = [
  'title',
  'number',
  'phone',
  'to',
  'incidentNumber',
  'reason',
  'said',
  'id',
] as const;

function lineOf(write: (log: ReturnType<typeof logger>) => void): string {
  const lines: string[] = [];
  write(logger('engine', { destination: { write: (line) => lines.push(line) } }));
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}

function expectOneLine(line: string, event: string): void {
  expect(line.endsWith('\n')).toBe(true);
  expect(line.slice(0, -1)).not.toMatch(
    /[\0-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/,
  );
  expect(JSON.parse(line)).toMatchObject({ event, program: 'engine' });
}

describe('one event is one line', () => {
  describe.each(signs)('S-29: with %s', (_name, sign) => {
    const text = `NO-2026-0042${sign}${forged}${sign}`;

    it.each(fields)('in the field %s', (name) => {
      expectOneLine(
        lineOf((log) => log.info('incident.declared', { [name]: text })),
        'incident.declared',
      );
    });

    it('in the name of a field, in an error, its name, its stack and its cause', () => {
      const cause = new Error(text);
      cause.name = text;
      const err = Object.assign(new Error(text, { cause }), {
        code: text,
        stack: `Error\n    at ${text}`,
      });
      expectOneLine(
        lineOf((log) => log.error('test.failed', { [text]: 1, err })),
        'test.failed',
      );
    });

    it('in what Nest says', () => {
      expectOneLine(
        lineOf((log) => new NestLogger(log).warn(text, text, text)),
        'nest.said',
      );
    });
  });

  it('S-29: whatever the signs, the field and the nesting', () => {
    const any = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(
        fc.constantFrom(...fields),
        any,
        any,
        fc.anything({ maxDepth: 3 }),
        (name, one, other, rest) => {
          const said = { [name]: one, [other]: { deep: [one, { [one]: other }] }, rest };
          expectOneLine(
            lineOf((log) => log.info('test.wrote', said)),
            'test.wrote',
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
