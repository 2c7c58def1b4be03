import { startStack, type Stack } from '@varde/local';
import { benchAudience } from '../../test/load/audience/bench';
import { machineOf, type BenchResult } from '../../test/load/figures';
import { benchFanout } from '../../test/load/fanout/bench';
import { benchFirstSms } from '../../test/load/first-sms/bench';
import { benchImport } from '../../test/load/import/bench';

type Bench = (form: 'ci' | 'full', report: (line: string) => void) => Promise<BenchResult>;

/** The benchmarks that exist. The others of the handbook come with the issues that bring what they measure. */
const benches: Readonly<Record<string, Bench>> = {
  B1: benchFirstSms,
  B2: benchFanout,
  B4: (form, report) =>
    onAStack('b4', async (stack) => {
      const result = await benchAudience({
        ci: form === 'ci',
        superuserUrl: stack.postgres.superuserUrl('postgres'),
        report,
      });
      return {
        bench: 'B4',
        met: result.met,
        ratios: Object.fromEntries(
          result.figures.map((figure) => [figure.name, figure.comparison.ratio.median]),
        ),
        counts: result.counts,
        machine: await machineOf(stack),
      };
    }),
  import: (form, report) =>
    onAStack('import', async (stack) =>
      benchImport(
        form,
        {
          superuserUrl: stack.postgres.superuserUrl('postgres'),
          machine: await machineOf(stack),
        },
        report,
      ),
    ),
};

async function onAStack<T>(name: string, work: (stack: Stack) => Promise<T>): Promise<T> {
  const stack = await startStack({ name, throwAway: true, report: () => undefined });
  try {
    return await work(stack);
  } finally {
    await stack.stop();
  }
}

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const names = args.filter((arg) => !arg.startsWith('--'));
  const unknown = names.filter((name) => !(name in benches));
  if (names.length === 0 || unknown.length > 0) {
    console.error(
      `Example: npm run bench -- B1 --ci\nBenchmarks: ${Object.keys(benches).join(', ')}.${unknown.length > 0 ? ` Not measured, since not built yet: ${unknown.join(', ')}.` : ''}`,
    );
    return 2;
  }
  let met = true;
  for (const name of names) {
    const result = await benches[name]?.(args.includes('--ci') ? 'ci' : 'full', (line) =>
      console.error(line),
    );
    met &&= result?.met ?? false;
    console.log(
      args.includes('--json')
        ? JSON.stringify(result)
        : `${name}: ${result?.met ? 'met' : 'NOT met'} ${JSON.stringify(result?.ratios)} ${JSON.stringify(result?.counts)}`,
    );
  }
  return met ? 0 : 1;
}

main().then(
  (code) => (process.exitCode = code),
  (cause: unknown) => {
    console.error(cause instanceof Error ? cause.message : cause);
    process.exitCode = 3;
  },
);
