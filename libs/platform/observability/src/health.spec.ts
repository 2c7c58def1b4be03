import { Health } from './health';

describe('Health', () => {
  it('is ready when every check is', async () => {
    const health = new Health({ database: () => Promise.resolve() });
    await expect(health.report()).resolves.toEqual({ state: 'ready', checks: { database: 'ok' } });
  });

  it('names the check that fails, and why', async () => {
    const health = new Health({
      database: () => Promise.resolve(),
      kafka: () => Promise.reject(new Error('no broker answers at 127.0.0.1:9092')),
    });
    await expect(health.report()).resolves.toEqual({
      state: 'not-ready',
      checks: { database: 'ok', kafka: 'no broker answers at 127.0.0.1:9092' },
    });
  });

  it('says that it is going at once, without asking anybody', async () => {
    const health = new Health({ database: () => Promise.reject(new Error('asked')) });
    health.goes();
    await expect(health.report()).resolves.toEqual({ state: 'going', checks: {} });
  });

  it('says that it is going when it was told so while a check ran', async () => {
    let finish = (): void => undefined;
    const health = new Health({ slow: () => new Promise((resolve) => (finish = resolve)) });
    const report = health.report();
    health.goes();
    finish();
    await expect(report).resolves.toEqual({ state: 'going', checks: {} });
  });
});
