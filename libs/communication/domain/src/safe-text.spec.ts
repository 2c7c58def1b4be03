import * as fc from 'fast-check';
import { escapeHtml, headerSafe } from './safe-text';

describe('headerSafe', () => {
  it.each([
    [
      'Mobilnettet er nede\r\nBcc: all@operator.example',
      'Mobilnettet er nede Bcc: all@operator.example',
    ],
    ['a\rb', 'a b'],
    ['a\nb', 'a b'],
    ['a\u0000b', 'a b'],
    ['a\u2028b\u2029c', 'a b c'],
    ['a\u0085b', 'a b'],
    ['a\r\n.\r\nb', 'a . b'],
    ['a\r\n folded', 'a  folded'],
    ['\r\n', ''],
    ['Blåbærsyltetøy – ØVELSE', 'Blåbærsyltetøy – ØVELSE'],
  ])('S-18: leaves no line break in a header (%#)', (text, safe) => {
    expect(headerSafe(text)).toBe(safe);
  });

  it('S-18: no text of any signs breaks a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(headerSafe(text)).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]/);
      }),
    );
  });
});

describe('escapeHtml', () => {
  it.each([
    ['</title><script>alert(1)</script>', '&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;'],
    [`" onload='x'`, '&quot; onload=&#39;x&#39;'],
    ['&lt;', '&amp;lt;'],
    ['Bergen & Askøy', 'Bergen &amp; Askøy'],
  ])('S-17: prints %s as text', (text, escaped) => {
    expect(escapeHtml(text)).toBe(escaped);
  });

  it('S-17: no text opens a tag or ends an attribute', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
      }),
    );
  });
});
