import { correlationId, correlationOf, traceparentOf, withCorrelation } from './correlation';

const id = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('correlationOf', () => {
  it('takes over a trace id', () => {
    expect(correlationOf(`00-${id}-00f067aa0ba902b7-01`)).toBe(id);
    expect(correlationOf(traceparentOf(id))).toBe(id);
  });

  it.each([
    undefined,
    '',
    '+4790000902',
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `ff-${id}-x-01`,
  ])('S-27: makes a fresh one instead of %p', (header) => {
    const made = correlationOf(header);
    expect(made).toMatch(/^[0-9a-f]{32}$/);
    expect(header ?? '').not.toContain(made);
  });
});

it('is known in everything that the work awaits, and nowhere else', async () => {
  await withCorrelation(id, async () => {
    await Promise.resolve();
    expect(correlationId()).toBe(id);
  });
  expect(correlationId()).toBeUndefined();
});
