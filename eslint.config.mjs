import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import jsdoc from 'eslint-plugin-jsdoc';
import regexp from 'eslint-plugin-regexp';
import typescript from 'typescript-eslint';
import { boundaries } from './tools/lint/import-law.mjs';
import {
  bulkPurity,
  busPurity,
  entryPurity,
  impureGlobals,
  onlyImports,
  pure,
  pureImports,
  realTimeMeant,
  shellPurity,
  testPurity,
} from './tools/lint/purity.mjs';

// Run through Nx (`nx run varde:lint`): without a cached project graph the boundary rule is skipped silently. There is no rule
// about looks or length. test/architecture/fences.spec.ts plants a violation of each rule that is ours.

const sources = ['{apps,libs,infra,test,tools}/**/*.ts'];

// Files that stand beside production code and never run in a program.
const tests = [
  'test/**/*.ts',
  'libs/testing/**/*.ts',
  '**/*.spec.ts',
  '**/*.cases.ts',
  '**/*.fixture.ts',
  '**/*.arbitrary.ts',
  '**/testing.ts',
  '**/src/testing/**/*.ts',
  '**/*.contract.ts',
];

// Real time is meant: BullMQ's delays follow the machine's clock and only ring an alarm; kafkajs throttles by it.
const realTimeFiles = [
  'libs/platform/jobs/src/job-queues.ts',
  'libs/platform/kafka/src/kafkajs-mended.ts',
];

const published = [
  'libs/kernel/**/*.ts',
  'libs/*/domain/**/*.ts',
  'libs/contracts/**/*.ts',
  'libs/platform/**/*.ts',
  'libs/delivery/channels/**/*.ts',
];

const exportedTypes = ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration'].map(
  (kind) => `ExportNamedDeclaration > ${kind}`,
);

const exportedValues = ['VariableDeclaration', 'FunctionDeclaration', 'ClassDeclaration'].map(
  (kind) => `ExportNamedDeclaration > ${kind}`,
);

export default typescript.config(
  {
    ignores: [
      'node_modules/**',
      'dist/**',
      '.nx/**',
      'coverage/**',
      'docs/generated/**',
      'libs/contracts/schemas/**',
      'apps/sandbox/src/page/assets/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          ...['process', 'console', 'Buffer', 'URL', 'setTimeout', 'clearTimeout', 'fetch'],
          ...['setInterval', 'clearInterval', 'performance', 'AbortSignal', 'AbortController'],
          ...['require', 'module', '__dirname', '__filename'],
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: sources,
    extends: [typescript.configs.recommendedTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: {
      // Not projectService: it takes 41 s where one program takes 7 (recipes.md §7).
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@nx/enforce-module-boundaries': ['error', boundaries({ forTests: false })],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        // A `default` with assertNever or a decision of its own is as exhaustive as naming each member.
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      // A port's method is async by its interface even where one implementation has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // Takes a branded number (a Duration) for something that has no minus.
      '@typescript-eslint/no-unsafe-unary-minus': 'off',
      // Grammars of addresses and headers refuse control characters on purpose.
      'no-control-regex': 'off',
      'no-undef': 'off',
      ...shellPurity,
    },
  },
  {
    // S-13: what a hostile text could make slow. What such texts really cost is measured in test/security.
    files: ['{apps,libs}/**/*.ts'],
    ignores: tests,
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  { files: ['libs/delivery/**/*.ts', 'libs/audience/**/*.ts'], rules: bulkPurity },
  { files: ['libs/platform/kafka/**/*.ts'], rules: busPurity },
  { files: realTimeFiles, rules: realTimeMeant },
  // The clock itself, and the stand-in for a world that has its own.
  {
    files: ['libs/platform/time/**/*.ts', 'apps/sandbox/**/*.ts'],
    rules: { ...realTimeMeant },
  },
  { files: ['apps/*/src/main.ts'], rules: entryPurity },
  {
    files: ['infra/**/*.ts', 'tools/**/*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['libs/kernel/**/*.ts', 'libs/*/domain/**/*.ts'],
    ignores: tests,
    rules: { ...pure, 'no-restricted-globals': ['error', ...impureGlobals] },
  },
  ...Object.entries(pureImports).map(([library, names]) => ({
    files: [`${library}/**/*.ts`],
    ignores: tests,
    rules: onlyImports(names),
  })),
  {
    files: published,
    ignores: tests,
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: { esm: true, cjs: false, window: false },
          enableFixer: false,
          checkConstructors: false,
          require: { FunctionDeclaration: true, ClassDeclaration: true },
          contexts: [...exportedTypes, ...exportedValues],
        },
      ],
      'jsdoc/require-description': [
        'error',
        { contexts: ['ExportNamedDeclaration'], descriptionStyle: 'body' },
      ],
    },
  },
  {
    files: tests,
    rules: {
      ...testPurity,
      '@nx/enforce-module-boundaries': ['error', boundaries({ forTests: true })],
      // `expect(service.method)` only names the method.
      '@typescript-eslint/unbound-method': 'off',
      // Jest's matchers and parsed JSON are `any`; the assertion itself says what they must be.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['test/**/*.ts', 'tools/**/*.ts'],
    rules: {
      'no-restricted-syntax': 'off',
      '@nx/enforce-module-boundaries': [
        'error',
        boundaries({ forTests: true, startsPrograms: true }),
      ],
    },
  },
  prettier,
);
