import { Queue } from './queue';

describe('Queue', () => {
  it('gives things back in the order in which they came, however many', () => {
    const queue = new Queue<number>();
    const out: (number | undefined)[] = [];
    for (let n = 0; n < 5000; n += 1) {
      queue.push(n);
      if (n % 3 === 0) out.push(queue.shift());
    }
    while (out.length < 5000) out.push(queue.shift());
    expect(out).toEqual(Array.from({ length: 5000 }, (_, n) => n));
    expect(queue.shift()).toBeUndefined();
  });
});
