import { maskTextCases, readableTexts } from './mask.cases';
import { maskText } from './mask-text';

describe('maskText', () => {
  it.each(maskTextCases)('S-28: masks $what', ({ text, shown }) => {
    expect(maskText(text)).toBe(shown);
  });

  it.each(readableTexts)('leaves %s readable', (text) => {
    expect(maskText(text)).toBe(text);
  });

  it('cuts a long text and says how long it was', () => {
    expect(maskText('x '.repeat(5_000))).toMatch(/… \(10000 characters\)$/);
  });
});
