import { spawnSync } from 'node:child_process';
import { findProjectFolder } from '@varde/local';

const forms = { '--short': 'ci', '--nightly': 'nightly', '--weekly': 'weekly' } as const;
type Form = (typeof forms)[keyof typeof forms];

/** Runs tests in the sizes of a form. @returns whether all passed */
function ran(form: Form, config: string, ...which: string[]): boolean {
  // What takes minutes with every change may take hours at night.
  const timeout = form === 'ci' ? '300000' : '28800000';
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/jest/bin/jest.js', '-c', config, `--testTimeout=${timeout}`, ...which],
    {
      cwd: findProjectFolder(),
      stdio: 'inherit',
      env: { ...process.env, VARDE_FAULT_FORM: form },
    },
  );
  return status === 0;
}

const [asked = '--short'] = process.argv.slice(2);
if (!(asked in forms)) {
  console.error(
    `Example: npm run fault -- --short\nForms: ${Object.keys(forms).join(', ')}; their sizes stand in test/fault/sizes.ts.`,
  );
  process.exitCode = 2;
} else {
  const form = forms[asked as keyof typeof forms];
  const faults = ran(form, 'jest.fault.config.cjs');
  // I-3 needs no program killed: with every change it is an integration test, by night it counts to ten thousand.
  const orders = form === 'ci' || ran(form, 'jest.int.config.cjs', 'same-state');
  process.exitCode = faults && orders ? 0 : 1;
}
