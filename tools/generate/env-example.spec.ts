import { z } from 'zod';
import { envExample } from './env-example';

const planted = z.object({
  VARDE_URL: z.url().describe('where it is'),
  VARDE_PORT: z.coerce.number().default(3000).describe('a port; default 3000'),
  VARDE_LIST: z
    .string()
    .transform((text) => text.split(','))
    .describe('several, separated by commas'),
  VARDE_NAME: z.string().optional().describe('a name; default none'),
  VARDE_TOKEN: z.string().default('opens-everything').describe('secret: a token'),
});

describe('envExample', () => {
  const text = envExample([{ program: 'planted', schema: planted }]);

  it('says of each setting what it means, and whether it is needed', () => {
    expect(text).toContain('# where it is (needed)\nVARDE_URL=\n');
    expect(text).toContain('# several, separated by commas (needed)\nVARDE_LIST=\n');
  });

  it('fills in defaults, and leaves out what may be left out', () => {
    expect(text).toContain('VARDE_PORT=3000\n');
    expect(text).toContain('# VARDE_NAME=\n');
  });

  it('S-35: never shows the value of a secret', () => {
    expect(text).toContain('VARDE_TOKEN=\n');
    expect(text).not.toContain('opens-everything');
  });

  it('breaks long meanings at a hundred columns', () => {
    const long = envExample([
      {
        program: 'planted',
        schema: z.object({ A: z.string().describe('word '.repeat(60).trim()) }),
      },
    ]);
    expect(Math.max(...long.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});
