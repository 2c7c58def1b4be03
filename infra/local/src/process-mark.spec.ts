import {
  isAlive,
  isProcessMark,
  markOf,
  ownMark,
  parseProcessState,
  signalTo,
} from './process-mark';

/** A line of /proc/<pid>/stat with this name, state and start time. */
const stat = (name: string, state: string, start: string): string =>
  `4711 (${name}) ${state} 1 4711 4711 0 -1 4194560 500 0 0 0 1 2 0 0 20 0 1 0 ${start} 1000 100 18446744073709551615`;

describe('parseProcessState', () => {
  it.each([
    ['a plain name', stat('postgres', 'S', '8812'), { start: '8812', dead: false }],
    ['a name with a blank and a bracket', stat('a) R (b', 'R', '77'), { start: '77', dead: false }],
    ['a zombie, which counts as dead', stat('java', 'Z', '99'), { start: '99', dead: true }],
    ['a process that is being removed', stat('java', 'X', '99'), { start: '99', dead: true }],
    ['something else', 'no such thing', undefined],
    ['nothing', '', undefined],
    ['a torn line', '4711 (java) S 1', undefined],
  ])('reads %s', (_what, line, expected) => {
    expect(parseProcessState(line)).toEqual(expected);
  });
});

describe('a mark', () => {
  it('names this process, which is alive', () => {
    expect(isAlive(ownMark())).toBe(true);
  });

  it('does not mean a process that got the same pid later', () => {
    expect(isAlive({ ...ownMark(), start: '1' })).toBe(false);
  });

  it('does not mean a process of an earlier boot', () => {
    expect(isAlive({ ...ownMark(), boot: 'another' })).toBe(false);
  });

  it('never reaches a stranger with a signal', () => {
    // The signal would end this very test.
    expect(signalTo({ ...ownMark(), start: '1' }, 'SIGKILL')).toBe(false);
  });

  it('does not exist for a pid beyond the kernel’s highest', () => {
    expect(markOf(2 ** 30)).toBeUndefined();
  });

  it.each([[null], ['text'], [{ pid: '1', start: '1', boot: 'b' }], [{ pid: 1, start: '1' }]])(
    'is not read from %j',
    (value) => {
      expect(isProcessMark(value)).toBe(false);
    },
  );
});
