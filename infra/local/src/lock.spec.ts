import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseLock, readLock, releaseLock, takeLock, type Lock } from './lock';
import { ownMark } from './process-mark';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'varde-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (): string => join(folder, 'lock.json');
const mustTake = async (): Promise<Lock> => {
  const outcome = await takeLock(folder);
  if (outcome.kind !== 'taken') throw new Error('The lock was held.');
  return outcome.lock;
};
const leftBehind = (owner: object): void =>
  writeFileSync(
    file(),
    JSON.stringify({ owner, ready: true, addresses: { api: 'http://127.0.0.1:1' } }),
  );

describe('a lock', () => {
  it('is taken once, and names its holder to the second who asks', async () => {
    await mustTake();
    expect(await takeLock(folder)).toEqual({
      kind: 'held',
      holder: { owner: ownMark(), ready: false, addresses: {} },
    });
  });

  it('is taken over from a process that is gone', async () => {
    const dead = { ...ownMark(), start: '1' };
    leftBehind(dead);
    expect(await takeLock(folder)).toMatchObject({ kind: 'taken', afterDead: dead });
    expect(readLock(folder)?.owner).toEqual(ownMark());
  });

  it('is taken over when the machine has been started anew since', async () => {
    leftBehind({ ...ownMark(), boot: 'before' });
    expect(await takeLock(folder)).toMatchObject({ kind: 'taken' });
  });

  it.each(['', '{"owner":', 'null', '[]', '{"owner":{"pid":"x"}}'])(
    'is taken over from a torn file: %s',
    async (torn) => {
      writeFileSync(file(), torn);
      expect(await takeLock(folder)).toMatchObject({ kind: 'taken', afterDead: undefined });
    },
  );

  it('goes to one only of many who find the same dead owner', async () => {
    leftBehind({ ...ownMark(), start: '1' });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => takeLock(folder)));
    expect(outcomes.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
  });

  it('tells others what is so now, and loses nothing that it does not mention', async () => {
    const lock = await mustTake();
    lock.update({ ready: true, addresses: { redis: 'redis://127.0.0.1:1' } });
    lock.update({ ready: false });
    expect(readLock(folder)).toEqual({
      owner: ownMark(),
      ready: false,
      addresses: { redis: 'redis://127.0.0.1:1' },
    });
  });

  it('is free after it was given back, and leaves no other file', async () => {
    releaseLock(await mustTake());
    expect(readdirSync(folder)).toEqual([]);
    expect(readLock(folder)).toBeUndefined();
  });

  it('is not given back by one who has lost it', async () => {
    const lock = await mustTake();
    const another = { ...ownMark(), pid: 1 };
    leftBehind(another);
    releaseLock(lock);
    expect(parseLock(readFileSync(file(), 'utf8'))?.owner).toEqual(another);
  });
});
