import { whyUnreachable } from './why-unreachable';

const url = 'postgres://varde_engine:a-secret-word@db.example:5433/varde';

const cases: readonly (readonly [string, unknown, RegExp])[] = [
  ['a wrong password', { code: '28P01' }, /at db\.example:5433 .*password of .* varde_engine/],
  ['a role that cannot sign in', { code: '28000' }, /sign in as varde_engine to varde:/],
  ['no such database', { code: '3D000' }, /has no database varde: .*varde db migrate/],
  ['no connection left', { code: '53300' }, /no connection left for varde: .*max_connections/],
  ['starting up', { code: '57P03' }, /at db\.example:5433 is starting up/],
  ['nobody there', { code: 'ECONNREFUSED' }, /does not answer at db\.example:5433\/varde\. Is it/],
  ['another code', { code: '42501' }, /does not answer/],
  ['no code', new Error('a-secret-word'), /does not answer/],
  ['nothing', undefined, /does not answer/],
];

describe('whyUnreachable', () => {
  it.each(cases)('S-35: tells %s in one sentence, without the password', (_, cause, sentence) => {
    const said = whyUnreachable(url, cause);
    expect(said).toMatch(sentence);
    expect(said).not.toContain('a-secret-word');
    expect(said).not.toContain('\n');
  });
});
