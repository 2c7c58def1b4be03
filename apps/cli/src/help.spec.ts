import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { contextFor } from './context';
import { exampleOf } from './help';
import { everyCommand, programFor } from './program';

const program = programFor(contextFor({ VARDE_PREFIX: '' }, {}));
const nameOf = (command: Command): string =>
  command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
const commands = everyCommand(program).map((command) => [nameOf(command), command] as const);
const verbs = commands.filter(([, command]) => command.commands.length === 0);

const named = `
  sign-in
  incident publish|raise|update|resolve|cancel|merge|reopen|list|show
  message list|show|edit|submit|approve|return|reject
  dispatch list|show|halt|ask-release|release
  ledger check
  template list|submit|approve
  policy list|submit|approve
  exercise start|end
  source list|register
  intake status|dead-letters|replay
  import world|areas|elements|customers|subscriptions|contacts|agreements|calendars
  sample write
  db migrate`
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [noun = '', list] = line.trim().split(' ');
    return list ? list.split('|').map((one) => `varde ${noun} ${one}`) : [`varde ${noun}`];
  });

const helpOf = (command: Command): string[] => command.helpInformation().trimEnd().split('\n');

/** The command that an example runs, and its options. */
function parsed(example: string): { path: string; options: string[] } {
  const words = example.split(/\s+/).slice(1);
  let command = program;
  for (const word of words) {
    const next = command.commands.find((one) => one.name() === word);
    if (!next) break;
    command = next;
  }
  return {
    path: nameOf(command),
    options: words.filter((word) => word.startsWith('--')),
  };
}

describe('help', () => {
  it('knows the fixed names, no more and no less', () => {
    expect(verbs.map(([name]) => name).sort()).toEqual(named.sort());
  });

  it.each(commands)('of %s fits one screen and starts with an example', (_, command) => {
    const lines = helpOf(command);
    expect(lines[0]).toMatch(/^Example: varde \S/);
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it.each(verbs)('of %s shows an example of itself, with options that it has', (name, command) => {
    const { path, options } = parsed(exampleOf(command) ?? '');
    const known = command.options.map((option) => option.long);
    expect(path).toBe(name);
    expect(options.filter((option) => !known.includes(option))).toEqual([]);
  });

  it.each(verbs)('of %s shows every option that there is', (_, command) => {
    const words = command.helpInformation();
    const hidden = command.options.filter(({ flags }) => !words.includes(flags));
    expect(hidden.map(({ flags }) => flags)).toEqual([]);
  });

  it.each(verbs)('of %s offers an answer for programs', (_, command) => {
    expect(command.options.map((option) => option.long)).toContain('--json');
  });

  it.each(verbs)('of %s knows no option that would take a secret', (_, command) => {
    const names = command.options.map((option) => option.long ?? '');
    expect(names.filter((name) => /token|password|secret|key|url/.test(name))).toEqual([]);
  });

  it('asks for --live where an act lets words out to people, and nowhere else', () => {
    const live = verbs.filter(([, command]) =>
      command.options.some((one) => one.long === '--live'),
    );
    expect(live.map(([name]) => name)).toEqual(['varde message approve', 'varde dispatch release']);
  });

  it.each(['varde message approve', 'varde dispatch release'])(
    '%s reaches people, so it takes --live, --reason and --confirm',
    (name) => {
      const command = verbs.find(([one]) => one === name)?.[1];
      const names = command?.options.map((option) => option.long) ?? [];
      expect(names).toEqual(expect.arrayContaining(['--live', '--reason', '--confirm']));
    },
  );
});

describe('docs/guides/command-line.md', () => {
  const text = readFileSync(join(__dirname, '../../../docs/guides/command-line.md'), 'utf8');
  const shown = text.split('\n').filter((line) => line.startsWith('varde '));

  it('shows commands', () => {
    expect(shown.length).toBeGreaterThan(15);
  });

  it.each(shown)('names a command and options that there are: %s', (line) => {
    const { path, options } = parsed(line);
    const command = verbs.find(([name]) => name === path)?.[1];
    const known = command?.options.map((option) => option.long) ?? [];
    expect(options.filter((option) => !known.includes(option))).toEqual([]);
    expect(command).toBeDefined();
  });
});
