/** Who a process runs as, when that is not ourselves. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** A command line. */
export interface CommandLine {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * Wraps a command so that the kernel ends the process when the launcher dies, however it dies. `setpriv` replaces itself
 * by the command, so the pid that we record is the server's own.
 *
 * @source recipes.md §1: `runuser` forks, and killing it orphans a server that blocks every later start
 */
export function dyingWithLauncher(
  line: CommandLine,
  signal: 'INT' | 'TERM',
  as?: Identity,
): CommandLine {
  const identity = as
    ? ['--reuid', String(as.uid), '--regid', String(as.gid), '--clear-groups']
    : [];
  return {
    command: 'setpriv',
    args: ['--pdeathsig', signal, ...identity, '--', line.command, ...line.args],
  };
}
