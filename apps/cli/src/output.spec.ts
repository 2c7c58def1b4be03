import { outputTo } from './output';

const sinks = (): { out: string[]; err: string[]; output: ReturnType<typeof outputTo> } => {
  const out: string[] = [];
  const err: string[] = [];
  return {
    out,
    err,
    output: outputTo({ write: (t) => out.push(t) }, { write: (t) => err.push(t) }),
  };
};

describe('output', () => {
  it('gives one document to a program, lines to a person', () => {
    const { out, output } = sinks();
    output.answer(true, { id: 'a' }, 'It is a.');
    output.answer(undefined, { id: 'a' }, ['It is a.', 'Next: b']);
    expect(out).toEqual(['{"id":"a"}\n', 'It is a.\nNext: b\n']);
  });

  it('gives a list as one line per record, and nothing at all for an empty one', () => {
    const { out, output } = sinks();
    output.list(true, [{ n: 1 }, { n: 2 }], ['ignored']);
    output.list(true, [], ['Nothing here.']);
    output.list(false, [], ['Nothing here.']);
    expect(out).toEqual(['{"n":1}\n{"n":2}\n', 'Nothing here.\n']);
  });

  it('keeps progress out of the result', () => {
    const { out, err, output } = sinks();
    output.progress('customers: 5 rows');
    expect([out, err]).toEqual([[], ['customers: 5 rows\n']]);
  });

  it('writes no control character, and so no colour', () => {
    const { out, output } = sinks();
    output.answer(false, {}, 'It is done.');
    expect(out.join('')).not.toMatch(/\u001b/);
  });
});
