import type { z } from 'zod';
import { envExampleFile } from '../../tools/generate/env-example';
import { programSettings } from '../../tools/generate/program-settings';
import { filesBelow, readText } from './repository';

const settings = programSettings.flatMap(({ program, schema }) =>
  Object.entries(schema.shape as Readonly<Record<string, z.ZodType>>).map(([name, field]) => ({
    program,
    name,
    field,
  })),
);

describe('the environment', () => {
  it('has a line in the example for every setting of every program: run "npm run generate"', () => {
    const { path, text } = envExampleFile(programSettings);
    expect(readText(path)).toBe(text);
  });

  it('is told for every program that has a config', () => {
    const programs = filesBelow('apps', /^apps\/[^/]+\/src\/[^/]+\.config\.ts$/).map(
      (file) => file.split('/')[1],
    );
    expect(programSettings.map(({ program }) => program).sort()).toEqual(programs.sort());
  });

  it.each(settings)('says what $name of $program means', ({ field }) => {
    expect(field.description ?? '').toMatch(/\w+ \w+|^\w{3,}/);
  });

  it('tells the default of every setting that has one', () => {
    const silent = settings.filter(({ field }) => {
      const given = field.safeParse(undefined);
      return (
        given.success &&
        given.data !== undefined &&
        !/default|secret/i.test(field.description ?? '')
      );
    });
    expect(silent.map(({ program, name }) => `${program}: ${name}`)).toEqual([]);
  });

  it('knows the providers’ secrets in the courier alone', () => {
    const holders = settings.filter(
      ({ name }) => /TWILIO|SMTP/.test(name) && !name.startsWith('SANDBOX_'),
    );
    expect([...new Set(holders.map(({ program }) => program))]).toEqual(['courier']);
  });
});
