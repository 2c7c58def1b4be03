import { MetricsRegistry } from './metrics';

describe('MetricsRegistry', () => {
  it('counts by the names and labels of the plan', async () => {
    const registry = new MetricsRegistry('courier');
    const metrics = registry.define({
      varde_attempts_total: { kind: 'counter', help: 'calls to providers', labels: ['outcome'] },
      varde_lag_seconds: { kind: 'gauge', help: 'age of the oldest waiting row' },
    });
    metrics.varde_attempts_total.inc({ outcome: 'accepted' }, 2);
    metrics.varde_lag_seconds.set(7);
    const { text } = await registry.page();
    expect(text).toContain('varde_attempts_total{outcome="accepted",program="courier"} 2');
    expect(text).toContain('varde_lag_seconds{program="courier"} 7');
  });

  it('refuses a name that is taken', () => {
    const registry = new MetricsRegistry('courier');
    const plan = { varde_x_total: { kind: 'counter', help: 'x' } } as const;
    registry.define(plan);
    expect(() => registry.define(plan)).toThrow('varde_x_total');
  });
});
