import { createContext, Script } from 'node:vm';
import { fieldTypes, misfits, type FieldType } from '@varde/communication-domain';
import { findProjectFolder } from '@varde/local';
import { maskText } from '@varde/platform-observability';
import { findExpressions, type FoundExpression } from './regular-expressions.fixture';

jest.setTimeout(300_000);

const longest = 100_000;
const limitMs = 50;
// What is linear costs a fraction of a millisecond here; what is not is looked at in full length.
const glance = 20_000;
const glanceMs = 1;

const filled = (unit: string, tail: string): string =>
  unit.repeat(Math.ceil(longest / unit.length)).slice(0, longest - tail.length) + tail;

const units = [
  ...'a A 0 f . @ - _ + / : , = & % ? # ( [ { < " \\ å \u{1f6a8}'.split(' '),
  ...[' ', '\t', '\n', '\r\n', '\u00a0', '\0', '\u2028', '\u200b', 'a\u030a'],
  ...['a.', 'a@', 'a-', 'a ', 'a0', '0 ', '0.', '0-', '0:', '1,', ' .', '()', 'a.a@', 'a=a&'],
  ...['2026-11-25T', '+47 900 ', 'kari@kunde.example ', 'https://', 'NO-46', '%40', '{x} '],
];
// What comes last decides whether all that came before was in vain.
const tails = ['', '!', '\n'];
const general = units.flatMap((unit) => tails.map((tail) => filled(unit, tail)));

/** Long texts that come close to matching: general ones, and repetitions of what stands in the expression itself. */
function hostile({ source }: RegExp): readonly string[] {
  const plain = source.replace(/\\[a-zA-Z]|\[[^\]]{1,200}\]|\(\?[<:=!]{1,2}/g, ' ');
  const words = new Set(plain.match(/[\w:/=?&@.%-]{1,30}/g) ?? []);
  const own = [...words].slice(0, 20).flatMap((word) => [word, `${word} `]);
  return [...general, ...own.flatMap((unit) => tails.map((tail) => filled(unit, tail)))];
}

const context = createContext({ expression: /x/, text: '' });
const use = new Script(`expression.global ? text.replace(expression, '') : expression.test(text)`);

/** Milliseconds of CPU: on a busy machine the clock on the wall measures others. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** The best of three uses. A second ends one: an exponential expression would never end by itself. */
function cost(expression: RegExp, text: string, enoughMs: number): number {
  Object.assign(context, { expression, text });
  let least = Infinity;
  for (let n = 0; n < 3 && least > enoughMs; n += 1) {
    try {
      const ms = cpuMs(() => void use.runInContext(context, { timeout: 1_000 }));
      least = Math.min(least, ms);
    } catch {
      return Infinity;
    }
  }
  return least;
}

const isSlow = (expression: RegExp, text: string): boolean =>
  cost(expression, text.slice(-glance), glanceMs) > glanceMs &&
  cost(expression, text, limitMs) > limitMs;

const slow = ({ place, expression }: FoundExpression): string[] =>
  hostile(expression)
    .filter((text) => isSlow(expression, text))
    .slice(0, 3)
    .map((text) => `${place} ${String(expression)} on ${JSON.stringify(text.slice(-20))}`);

// An expression that is put together at run time is not seen by the parser: it is tried through what uses it.
type Use = (text: string) => unknown;
const everyField = Object.keys(fieldTypes) as FieldType[];
const builtIn: Readonly<Record<string, Use | string>> = {
  'libs/platform/observability/src/mask-text.ts': maskText,
  'libs/communication/domain/src/field-types.ts': (text) =>
    misfits(
      Object.fromEntries(everyField.map((name) => [name, text])),
      Object.fromEntries(everyField.map((name) => [name, name])),
    ),
  'libs/audience/domain/src/import/cell.ts': 'the literal above it, with a flag',
  'apps/sandbox/src/http/router.ts': 'of our own routes',
  'apps/sandbox/src/sandbox.ts': 'of our own routes',
};
const uses = Object.entries(builtIn).filter(
  (one): one is [string, Use] => typeof one[1] !== 'string',
);

const { written, built } = findExpressions(findProjectFolder());

describe('the regular expressions of the product', () => {
  it('S-13: are found, and those that are built at run time are known', () => {
    expect(written.length).toBeGreaterThan(150);
    expect([...new Set(built.map((place) => place.replace(/:\d+$/, '')))].sort()).toEqual(
      Object.keys(builtIn).sort(),
    );
  });

  it('S-13: take at most 50 ms for 100 kB of hostile text, each', () => {
    expect(written.flatMap(slow)).toEqual([]);
  });

  it.each(uses)('S-13: %s takes at most 50 ms for 100 kB, too', (_file, work) => {
    const best = (text: string): number =>
      Math.min(...[1, 2, 3].map(() => cpuMs(() => work(text))));
    expect(general.filter((text) => best(text) > limitMs).map((text) => text.slice(-20))).toEqual(
      [],
    );
  });

  it.each([/(a+)+$/, /^(\w+\s?)*$/, /=+$/, /\s+$/g])('S-13: %s would be noticed', (expression) => {
    expect(hostile(expression).some((text) => isSlow(expression, text))).toBe(true);
  });
});
