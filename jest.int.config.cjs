// Integration tests: real PostgreSQL, Redis and Kafka, started once per run and thrown away with it.
const { installAliases } = require('./libs/testing/jest/aliases.cjs');

// Jest maps aliases inside tests only; the two files below run outside of them.
installAliases();

module.exports = {
  ...require('./jest.preset.cjs'),
  testMatch: ['<rootDir>/{apps,libs,infra,test}/**/*.int.spec.ts'],
  globalSetup: '<rootDir>/libs/testing/jest/global-setup.ts',
  globalTeardown: '<rootDir>/libs/testing/jest/global-teardown.ts',
  // Two busy cores: a first statement on a fresh clone may wait for a checkpoint.
  testTimeout: 30_000,
};
