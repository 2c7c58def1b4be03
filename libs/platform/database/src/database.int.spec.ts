import { aDatabase, type TestDatabase } from '@varde/testing';
import { Database } from './database';

let looking: TestDatabase;
beforeAll(async () => {
  looking = await aDatabase();
});
afterAll(() => looking.drop());

describe('a database that cannot be opened', () => {
  const addressWith = (change: { role?: string; database?: string }): string => {
    const url = new URL(looking.urlFor('varde_engine'));
    if (change.role !== undefined) url.username = change.role;
    if (change.database !== undefined) url.pathname = change.database;
    url.password = 'a-secret-word';
    return url.href;
  };

  it.each([
    ['the role does not exist', { role: 'varde_nobody' }, /sign in as varde_nobody to /],
    ['the role may not sign in', { role: 'varde_incident' }, /sign in as varde_incident to /],
    ['the database is not there', { database: 'varde_nowhere' }, /no database varde_nowhere:/],
  ])('says that %s', async (_, change, sentence) => {
    const opening = Database.connect({ url: addressWith(change), applicationName: 'test' });
    await expect(opening).rejects.toThrow(sentence);
    await expect(opening).rejects.not.toThrow('a-secret-word');
  });
});
