/** A text that stands, for the length of a test, in the place of a file. */
export interface Plant {
  /** What somebody tried, as the end of a sentence: "refuses that …". */
  readonly tried: string;
  readonly file: string;
  readonly text: string;
  /** Which rule must refuse it. */
  readonly rule: string;
}

const incidentDomain = 'libs/incident/domain/src/index.ts';
const incidentFeature = 'libs/incident/feature/src/index.ts';
const communicationDomain = 'libs/communication/domain/src/index.ts';
const boundaries = '@nx/enforce-module-boundaries';

const imports = (name: string): string => `export * as planted from '${name}';\n`;
const documented = (body: string): string => `/** Planted. */\nexport const planted = ${body};\n`;

/** What the Nx rule must refuse: who imports whom. */
export const importPlants: readonly Plant[] = [
  {
    tried: 'the kernel imports contracts',
    file: 'libs/kernel/src/index.ts',
    text: imports('@varde/contracts'),
    rule: boundaries,
  },
  {
    tried: 'a domain imports Nest',
    file: incidentDomain,
    text: imports('@nestjs/common'),
    rule: boundaries,
  },
  {
    tried: 'a domain imports contracts',
    file: incidentDomain,
    text: imports('@varde/contracts'),
    rule: boundaries,
  },
  {
    tried: 'a domain imports platform',
    file: incidentDomain,
    text: imports('@varde/platform-time'),
    rule: boundaries,
  },
  {
    tried: 'a domain imports another domain',
    file: 'libs/delivery/domain/src/index.ts',
    text: imports('@varde/audience-domain'),
    rule: boundaries,
  },
  {
    tried: 'a domain imports another vocabulary',
    file: 'libs/delivery/domain/src/index.ts',
    text: imports('@varde/incident-domain/vocabulary'),
    rule: boundaries,
  },
  {
    tried: 'contracts import platform',
    file: 'libs/contracts/src/index.ts',
    text: imports('@varde/platform-config'),
    rule: boundaries,
  },
  {
    tried: 'contracts import a package beside zod',
    file: 'libs/contracts/src/index.ts',
    text: imports('luxon'),
    rule: boundaries,
  },
  {
    tried: 'platform imports a feature',
    file: 'libs/platform/time/src/index.ts',
    text: imports('@varde/incident-feature'),
    rule: boundaries,
  },
  {
    tried: 'platform imports a domain',
    file: 'libs/platform/time/src/index.ts',
    text: imports('@varde/audience-domain'),
    rule: boundaries,
  },
  {
    tried: 'a feature imports a foreign domain',
    file: incidentFeature,
    text: imports('@varde/audience-domain'),
    rule: boundaries,
  },
  {
    tried: 'a feature imports a foreign feature',
    file: incidentFeature,
    text: imports('@varde/delivery-feature'),
    rule: boundaries,
  },
  {
    tried: 'a feature imports the channels of another context',
    file: incidentFeature,
    text: imports('@varde/delivery-channels'),
    rule: boundaries,
  },
  {
    tried: 'a feature imports migrations',
    file: incidentFeature,
    text: imports('@varde/migrations'),
    rule: boundaries,
  },
  {
    tried: 'a feature imports the test library',
    file: incidentFeature,
    text: imports('@varde/testing'),
    rule: boundaries,
  },
  {
    tried: 'a channel imports platform',
    file: 'libs/delivery/channels/src/index.ts',
    text: imports('@varde/platform-database'),
    rule: boundaries,
  },
  {
    tried: 'migrations import a feature',
    file: 'libs/migrations/src/index.ts',
    text: imports('@varde/incident-feature'),
    rule: boundaries,
  },
  {
    tried: 'the launcher imports the product',
    file: 'infra/local/src/index.ts',
    text: imports('@varde/kernel'),
    rule: boundaries,
  },
  {
    tried: 'the sandbox imports contracts',
    file: 'apps/sandbox/src/sandbox.ts',
    text: imports('@varde/contracts'),
    rule: boundaries,
  },
  {
    tried: 'the sandbox imports a feature',
    file: 'apps/sandbox/src/sandbox.ts',
    text: imports('@varde/delivery-feature'),
    rule: boundaries,
  },
  {
    tried: 'a program imports a domain',
    file: 'apps/engine/src/main.ts',
    text: imports('@varde/incident-domain'),
    rule: boundaries,
  },
  {
    tried: 'a library is entered by a relative path',
    file: incidentFeature,
    text: imports('../../domain/src/alarm/alarm'),
    rule: boundaries,
  },
  {
    tried: 'a library imports a program',
    file: incidentFeature,
    text: imports('../../../../apps/engine/src/engine'),
    rule: boundaries,
  },
];

const syntax = 'no-restricted-syntax';
const globals = 'no-restricted-globals';
const named = 'no-restricted-imports';

/** What a pure library must not do. */
export const purityPlants: readonly Plant[] = [
  { tried: 'a domain reads a file', file: incidentDomain, text: imports('node:fs'), rule: named },
  {
    tried: 'a domain hashes with node',
    file: incidentDomain,
    text: imports('node:crypto'),
    rule: named,
  },
  {
    tried: 'the kernel imports a built-in',
    file: 'libs/kernel/src/index.ts',
    text: imports('node:os'),
    rule: named,
  },
  {
    tried: 'a domain imports TypeORM',
    file: incidentDomain,
    text: imports('typeorm'),
    rule: named,
  },
  { tried: 'a domain imports pg', file: incidentDomain, text: imports('pg'), rule: named },
  {
    tried: 'a domain takes a pure package that is not on its list',
    file: incidentDomain,
    text: imports('luxon'),
    rule: named,
  },
  {
    tried: 'a domain imports behind its head',
    file: incidentDomain,
    text: documented("(): Promise<unknown> => import('./alarm/alarm')"),
    rule: syntax,
  },
  {
    tried: 'a domain asks Date.now()',
    file: incidentDomain,
    text: documented('Date.now()'),
    rule: syntax,
  },
  {
    tried: 'a domain asks new Date()',
    file: incidentDomain,
    text: documented('new Date()'),
    rule: syntax,
  },
  {
    tried: 'a domain calls Date()',
    file: incidentDomain,
    text: documented('Date()'),
    rule: syntax,
  },
  {
    tried: 'a domain throws dice',
    file: incidentDomain,
    text: documented('Math.random()'),
    rule: syntax,
  },
  {
    tried: 'a domain reads the environment',
    file: incidentDomain,
    text: documented("process.env['HOME']"),
    rule: syntax,
  },
  {
    tried: 'a domain asks luxon for the time',
    file: communicationDomain,
    text: `import { DateTime } from 'luxon';\n${documented('DateTime.now()')}`,
    rule: syntax,
  },
  {
    tried: 'a domain asks luxon for local time',
    file: communicationDomain,
    text: `import { DateTime } from 'luxon';\n${documented('DateTime.local()')}`,
    rule: syntax,
  },
  {
    tried: 'a domain asks luxon for UTC time',
    file: communicationDomain,
    text: `import { DateTime } from 'luxon';\n${documented('DateTime.utc()')}`,
    rule: syntax,
  },
  {
    tried: 'a domain asks luxon how long ago',
    file: communicationDomain,
    text: `import { DateTime } from 'luxon';\n${documented('DateTime.fromMillis(0).diffNow()')}`,
    rule: syntax,
  },
  {
    tried: 'a domain waits',
    file: incidentDomain,
    text: documented('setTimeout(() => undefined, 1)'),
    rule: globals,
  },
  {
    tried: 'a domain prints',
    file: incidentDomain,
    text: documented("(): void => console.log('planted')"),
    rule: globals,
  },
  {
    tried: 'a domain requires',
    file: incidentDomain,
    text: documented("require('fs') as unknown"),
    rule: globals,
  },
  {
    tried: 'a domain fetches',
    file: incidentDomain,
    text: documented("fetch('http://planted.example')"),
    rule: globals,
  },
];

/** What the shell must not do. */
export const shellPlants: readonly Plant[] = [
  {
    tried: 'a feature reads text with an expression that backtracks (S-13)',
    file: incidentFeature,
    text: documented('/^(a+)+$/u'),
    rule: 'regexp/no-super-linear-backtracking',
  },
  {
    tried: 'a feature looks for something from every place of a text (S-13)',
    file: incidentFeature,
    text: documented('/a+b/u'),
    rule: 'regexp/no-super-linear-move',
  },
  {
    tried: 'a feature asks Date.now()',
    file: incidentFeature,
    text: documented('Date.now()'),
    rule: syntax,
  },
  {
    tried: 'a feature asks new Date()',
    file: incidentFeature,
    text: documented('new Date()'),
    rule: syntax,
  },
  {
    tried: 'SQL asks now() in a template',
    file: incidentFeature,
    text: documented('`select now()`'),
    rule: syntax,
  },
  {
    tried: 'SQL asks current_timestamp in a text',
    file: incidentFeature,
    text: documented("'select current_timestamp'"),
    rule: syntax,
  },
  {
    tried: 'a feature reads the environment',
    file: incidentFeature,
    text: documented("process.env['HOME']"),
    rule: syntax,
  },
  {
    tried: 'a program reads the environment beside main.ts',
    file: 'apps/engine/src/engine.ts',
    text: documented("process.env['HOME']"),
    rule: syntax,
  },
  {
    tried: 'main.ts asks Date.now()',
    file: 'apps/engine/src/main.ts',
    text: documented('Date.now()'),
    rule: syntax,
  },
  {
    tried: 'a feature makes a producer',
    file: incidentFeature,
    text: documented('(kafka: { producer(): unknown }): unknown => kafka.producer()'),
    rule: syntax,
  },
  {
    tried: 'delivery saves row by row',
    file: 'libs/delivery/feature/src/index.ts',
    text: documented('(rows: { save(): unknown }): unknown => rows.save()'),
    rule: syntax,
  },
  {
    tried: 'audience saves row by row',
    file: 'libs/audience/feature/src/index.ts',
    text: documented('(rows: { save(): unknown }): unknown => rows.save()'),
    rule: syntax,
  },
  {
    tried: 'the bus asks Date.now()',
    file: 'libs/platform/kafka/src/index.ts',
    text: documented('Date.now()'),
    rule: syntax,
  },
  {
    tried: 'a promise floats',
    file: incidentFeature,
    text: '/** Planted. */\nexport function planted(): void {\n  Promise.resolve(1);\n}\n',
    rule: '@typescript-eslint/no-floating-promises',
  },
  {
    tried: 'a switch forgets a member',
    file: incidentFeature,
    text: "export function planted(state: 'open' | 'closed'): number {\n  switch (state) {\n    case 'open':\n      return 1;\n  }\n  return 0;\n}\n",
    rule: '@typescript-eslint/switch-exhaustiveness-check',
  },
  {
    tried: 'any is written',
    file: incidentFeature,
    text: 'export const planted = (value: any): number => (value ? 1 : 0);\n',
    rule: '@typescript-eslint/no-explicit-any',
  },
  {
    tried: 'an exported constant of a domain has no sentence',
    file: incidentDomain,
    text: 'export const planted = 1;\n',
    rule: 'jsdoc/require-jsdoc',
  },
  {
    tried: 'an exported function of the kernel has no sentence',
    file: 'libs/kernel/src/index.ts',
    text: 'export function planted(): number {\n  return 1;\n}\n',
    rule: 'jsdoc/require-jsdoc',
  },
  {
    tried: 'an exported type of contracts has no sentence',
    file: 'libs/contracts/src/index.ts',
    text: 'export type Planted = number;\n',
    rule: 'jsdoc/require-jsdoc',
  },
  {
    tried: 'an exported class of platform has no sentence',
    file: 'libs/platform/time/src/index.ts',
    text: 'export class Planted {}\n',
    rule: 'jsdoc/require-jsdoc',
  },
  {
    tried: 'an exported interface of a channel has no sentence',
    file: 'libs/delivery/channels/src/index.ts',
    text: 'export interface Planted {\n  readonly n: number;\n}\n',
    rule: 'jsdoc/require-jsdoc',
  },
  {
    tried: 'a tag stands in for the sentence',
    file: incidentDomain,
    text: '/** @source D-01 */\nexport const planted = 1;\n',
    rule: 'jsdoc/require-description',
  },
];

/** Texts with nothing wrong in them: a fence that refuses these keeps nobody out, it keeps everybody out. */
export const cleanTexts: readonly Pick<Plant, 'file' | 'text'>[] = [
  { file: 'libs/kernel/src/index.ts', text: documented('new Date(0).toISOString()') },
  {
    file: incidentDomain,
    text: `import type { Instant } from '@varde/kernel';\n/** Planted. */\nexport const planted = (now: Instant): boolean => now > 0;\n`,
  },
  {
    file: communicationDomain,
    text: `import { DateTime } from 'luxon';\n${documented('DateTime.fromMillis(0)')}`,
  },
  {
    file: 'libs/contracts/src/index.ts',
    text: `import { z } from 'zod';\nimport { countries } from '@varde/incident-domain/vocabulary';\n${documented('z.enum(countries)')}`,
  },
  { file: 'libs/platform/time/src/index.ts', text: documented('Date.now()') },
  {
    file: incidentFeature,
    text: `export { parseInstant } from '@varde/kernel';\nexport { eventsFor } from '@varde/contracts';\nexport const planted = 'select platform.clock()';\n`,
  },
  {
    file: 'libs/delivery/feature/src/index.ts',
    text: `export { createChannels } from '@varde/delivery-channels';\n`,
  },
  {
    file: 'apps/engine/src/main.ts',
    text: `import { readConfig } from '@varde/platform-config';\nexport const planted = [readConfig, process.env['HOME']];\n`,
  },
  { file: 'apps/sandbox/src/sandbox.ts', text: documented('Date.now()') },
];
