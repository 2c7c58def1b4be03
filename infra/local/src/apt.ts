import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { runCommand, type Finished } from './command';
import { lastLines, readIfThere } from './file';

const policyFile = '/usr/sbin/policy-rc.d';
const ours = '# Written by Varde for the time of one installation.';

/**
 * Installs packages of the distribution, as root, without starting the services that come with them.
 *
 * @param wanted  for each thing the names it goes by, the best first
 * @throws Error with the end of what apt-get said
 */
export async function installPackages(
  wanted: readonly (readonly string[])[],
  signal?: AbortSignal,
): Promise<void> {
  const apt = (...args: string[]): Promise<Finished> =>
    runCommand(
      { command: 'apt-get', args: ['-o', 'DPkg::Lock::Timeout=120', ...args] },
      {
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        signal,
      },
    );
  // An installation that was interrupted leaves packages unpacked but not set up, and apt-get refuses to go on.
  await runCommand({ command: 'dpkg', args: ['--configure', '-a'] }, { signal });
  const update = await apt('update', '-q');
  const names = await Promise.all(wanted.map(firstKnown));
  const withServicesAtRest = keepServicesAtRest();
  try {
    const install = await apt('install', '-y', '-q', '--no-install-recommends', ...names);
    if (install.code === 0) return;
    const said = update.code === 0 ? install.output : `${update.output}\n${install.output}`;
    throw new Error(`apt-get could not install ${names.join(', ')}. It said:\n${lastLines(said)}`);
  } finally {
    withServicesAtRest();
  }
}

async function firstKnown(names: readonly string[]): Promise<string> {
  for (const name of names) {
    const { code, output } = await runCommand({
      command: 'apt-cache',
      args: ['show', '--no-all-versions', name],
    });
    if (code === 0 && output.trim() !== '') return name;
  }
  return names[0] ?? '';
}

/**
 * Debian starts a service when its package is installed; a file of this name forbids it. One that the owner of the
 * machine has put there stays. Ours forbids nothing any more once this process is gone, even if it was killed.
 *
 * @source Debian, invoke-rc.d(8): 101 = forbidden by policy
 */
function keepServicesAtRest(): () => void {
  const left = readIfThere(policyFile);
  if (left !== undefined && !left.includes(ours)) return () => undefined;
  const text = `#!/bin/sh\n${ours}\nkill -0 ${process.pid} 2>/dev/null && exit 101\nexit 0\n`;
  if (existsSync(policyFile)) rmSync(policyFile);
  writeFileSync(policyFile, text, { mode: 0o755 });
  return () => rmSync(policyFile, { force: true });
}
