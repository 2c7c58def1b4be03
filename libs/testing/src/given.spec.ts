import { instant, Refusal, type Instant } from '@varde/kernel';
import { given } from './given';

const noon = instant(0);
const divide = (by: number, amount: number, now: Instant): { share: number; now: Instant } => {
  if (by === 0) throw new Refusal('nobody-to-share', 'Name somebody.', { amount });
  return { share: amount / by, now };
};

describe('given', () => {
  it('passes what was decided', () => {
    given(6).when(divide, 3, noon).then({ share: 2, now: noon });
    given(6).when(divide, 0, noon).thenRefused('nobody-to-share', { amount: 6 });
  });

  it('fails on another decision, another refusal, and on none', () => {
    expect(() => given(6).when(divide, 3, noon).then({ share: 3, now: noon })).toThrow();
    expect(() => given(6).when(divide, 0, noon).thenRefused('another')).toThrow();
    expect(() =>
      given(6).when(divide, 0, noon).thenRefused('nobody-to-share', { amount: 7 }),
    ).toThrow();
    expect(() => given(6).when(divide, 3, noon).thenRefused('nobody-to-share')).toThrow(
      'Expected a refusal',
    );
  });

  it('does not take a fault for a refusal', () => {
    const broken = (): never => {
      throw new TypeError('broken');
    };
    expect(() => given(6).when(broken, 0, noon).thenRefused('broken')).toThrow(TypeError);
  });
});
