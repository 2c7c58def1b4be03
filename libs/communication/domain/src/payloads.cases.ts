const megabyte = 1_000_000;
const code = 'globalThis.varde_payload_ran = true';

/**
 * What people write into a field when they want a template engine to run it. Each must come out as the letters that it is.
 *
 * @source S-16; CVE-2021-23369, CVE-2026-33940
 */
export const payloads: readonly (readonly [what: string, payload: string])[] = [
  ['the constructor of a constructor', `{{constructor.constructor('${code}')()}}`],
  ['the same in ICU braces', `{constructor.constructor('${code}')()}`],
  ['a block', `{{#with "s" as |string|}}{{#with "e"}}{{string.sub.constructor}}{{/with}}{{/with}}`],
  ['a look-up', `{{lookup (lookup this "constructor") "name"}}`],
  ['a prototype', '{{__proto__.polluted}}'],
  ['a bare prototype', '{__proto__}'],
  ['an inherited name', '{toString}'],
  ['a triple brace', '{{{link}}}'],
  ['a partial', '{{> (lookup . "x")}}'],
  ['a comment of Nunjucks', `{% set x = cycler.__init__.__globals__ %}{# x #}`],
  ['an expression of EJS', `<%= process.mainModule.require('child_process') %>`],
  ['a literal of JavaScript', `\${(() => { ${code} })()}`],
  ['our own argument', '{link}'],
  ['our own argument, doubled', '{{link}}'],
  ['a plural', '{x, plural, one {# fault} other {# faults}}'],
  ['a select', '{effect, select, outage {a} other {b}}'],
  ['a number', '{customers, number, ::currency/NOK}'],
  ['a date', '{startedAt, date, full}'],
  ['an apostrophe that hides a brace', "'{link}' ''{link}''"],
  ['an open brace', '{'],
  ['a closing brace', '}'],
  ['a tag', '<b>{link}</b>'],
  ['a megabyte of open braces', '{'.repeat(megabyte)],
  ['a megabyte of nesting', '{{#if x}}'.repeat(megabyte / 9)],
  ['a megabyte of selects', '{a, select, other {'.repeat(megabyte / 19)],
];
