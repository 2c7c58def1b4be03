import { z } from 'zod';
import { databaseEnv, redisEnv } from './fragments';
import { readConfig } from './read-config';

const schema = z.object({
  ...databaseEnv,
  ...redisEnv,
  VARDE_TOKEN: z.string().min(8).describe('secret: token of the account'),
  VARDE_PORT: z.coerce.number().int().default(3000).describe('port of the door; default 3000'),
});
const good = {
  VARDE_DATABASE_URL: 'postgres://varde_api:9f2c71d04e5ab83c@db.example/varde',
  VARDE_REDIS_URL: 'redis://redis.example',
  VARDE_TOKEN: 'b7d2f0c94a6e1835',
};
const read = (change: Readonly<Record<string, string>>) =>
  readConfig(schema, { ...good, ...change });
const refusalOf = (change: Readonly<Record<string, string>>): string => {
  try {
    read(change);
  } catch (cause) {
    return (cause as Error).message;
  }
  throw new Error('It was taken.');
};

describe('readConfig', () => {
  it('takes what is good, with the defaults of what is not said', () => {
    expect(read({})).toMatchObject({ VARDE_TOKEN: good.VARDE_TOKEN, VARDE_PORT: 3000 });
  });

  it('tells all problems at once, each with its name and meaning', () => {
    const said = refusalOf({ VARDE_TOKEN: '', VARDE_PORT: 'many' });
    expect(said).toMatch(/VARDE_TOKEN: is missing \(secret: token of the account\)/);
    expect(said).toMatch(/VARDE_PORT: .*\(port of the door; default 3000\)/);
  });

  it.each(['changeme', 'ChangeMe', 'change-me', 'changeme1', 'password', 'varde-changeme-now'])(
    'S-35: does not start with the secret %s',
    (value) => {
      expect(refusalOf({ VARDE_TOKEN: value })).toContain('VARDE_TOKEN: holds a default secret');
    },
  );

  it.each([
    ['VARDE_DATABASE_URL', 'postgres://varde_api:changeme@db.example/varde'],
    ['VARDE_DATABASE_URL', 'postgres://varde_api:change%6De@db.example/varde'],
    ['VARDE_REDIS_URL', 'rediss://:password@redis.example:6380'],
  ])('S-35: does not start with a default password in the address %s', (name, value) => {
    expect(refusalOf({ [name]: value })).toContain(`${name}: holds a default secret`);
  });

  it.each(['correct-horse-example', '9f2c71d04e5ab83c', 'exampleexample'])(
    'S-35: starts with a secret that only holds a common word: %s',
    (value) => {
      expect(read({ VARDE_TOKEN: value }).VARDE_TOKEN).toBe(value);
    },
  );

  it('S-35: says no value of a secret when it refuses', () => {
    const said = refusalOf({
      VARDE_TOKEN: 'kort7x',
      VARDE_DATABASE_URL: 'mysql://varde_api:9f2c71d04e5ab83c@db.example/varde',
      VARDE_REDIS_URL: 'no address at all: s3cr3t-word',
    });
    expect(said).toMatch(/VARDE_TOKEN[^]*VARDE_DATABASE_URL|VARDE_DATABASE_URL[^]*VARDE_TOKEN/);
    expect(said).not.toMatch(/kort7x|9f2c71d04e5ab83c|s3cr3t-word/);
  });
});
