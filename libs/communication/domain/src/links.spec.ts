import * as fc from 'fast-check';
import { linkProblems } from './links';

const ours = ['v.example'];

describe('linkProblems', () => {
  it.each([
    ['www.v.example', 'link-not-ours'],
    ['"https://evil.example"', 'link-not-ours'],
    ['HTTPS://v.example/x', 'link-not-https'],
    ['ftp://v.example/x', 'link-not-https'],
    ['xhttps://v.example', 'link-not-https'],
    ['https://', 'link-not-ours'],
    ['https:///v.example', 'link-not-ours'],
    ['https://evil.example#v.example', 'link-not-ours'],
    ['https://evil.example?https://v.example', 'link-not-ours'],
    ['https://v\u0435r.example', 'link-not-ours'],
    ['bücher.example', 'link-not-ours'],
    ['bit.ly/abc', 'link-not-ours'],
    ['mailto:x@v.example', 'link-not-https'],
    ['tel:90000000', 'link-not-https'],
    ['host.unknownending/path', 'link-not-ours'],
  ])('S-24: refuses %s', (text, code) => {
    expect(linkProblems(`Se ${text} nå`, ours).map((problem) => problem.code)).toEqual([code]);
  });

  it.each([
    'https://v.example',
    'https://v.example/7F3K.',
    'ca. kl. 17.00',
    '97,4 %',
    'f.eks. dette',
    'og/eller',
    '22.11.2026',
    'wi-fi.',
  ])('lets %s pass', (text) => {
    expect(linkProblems(text, ours)).toEqual([]);
  });

  it('S-24: reads any long text at once, and finds each foreign address', () => {
    for (const piece of ['a.', 'a-', '://', '(((', 'https://', '.', 'a'])
      expect(() => linkProblems(piece.repeat(300_000), ours)).not.toThrow();
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['http', 'https', 'ftp'] }), (url) => {
        expect(linkProblems(`Mer: ${url}`, ours)).toHaveLength(1);
      }),
    );
  });
});
