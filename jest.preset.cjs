// One preset for every kind of test. Packages that ship as ES modules only are transformed (Node 20 cannot require them).
const { compilerOptions } = require('./tsconfig.base.json');

const esm = [
  'jose',
  'oidc-provider',
  'openid-client',
  'oauth4webapi',
  'intl-messageformat',
  '@formatjs',
  '@intlify',
].join('|');
const aliases = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([name, [file]]) => [
    `^${name}$`,
    file.replace('./', '<rootDir>/'),
  ]),
);

module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: {
    '^.+\\.m?[jt]sx?$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esm})/)`],
  moduleNameMapper: aliases,
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};
