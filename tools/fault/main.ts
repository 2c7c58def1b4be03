import { spawnSync } from 'node:child_process';
import { findProjectFolder } from '@varde/local';

const forms = { '--short': 'ci', '--nightly': 'nightly', '--weekly': 'weekly' } as const;

const [asked = '--short'] = process.argv.slice(2);
if (!(asked in forms)) {
  console.error(
    `Example: npm run fault -- --short\nForms: ${Object.keys(forms).join(', ')}; their sizes stand in test/fault/sizes.ts.`,
  );
  process.exitCode = 2;
} else {
  const form = forms[asked as keyof typeof forms];
  // What takes minutes with every change may take hours at night.
  const timeout = form === 'ci' ? '300000' : '28800000';
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/jest/bin/jest.js', '-c', 'jest.fault.config.cjs', `--testTimeout=${timeout}`],
    {
      cwd: findProjectFolder(),
      stdio: 'inherit',
      env: { ...process.env, VARDE_FAULT_FORM: form },
    },
  );
  process.exitCode = status ?? 1;
}
