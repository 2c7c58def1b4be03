// Acceptance: a crisis as a story, on real servers and programs, with a clock that moves. One system for the whole run.
const { installAliases } = require('./libs/testing/jest/aliases.cjs');

// Jest maps aliases inside tests only; the set-up runs outside of them.
installAliases();

module.exports = {
  ...require('./jest.preset.cjs'),
  testMatch: ['<rootDir>/test/acceptance/**/*.acceptance.spec.ts'],
  globalSetup: '<rootDir>/test/acceptance/world/global-setup.ts',
  globalTeardown: '<rootDir>/test/acceptance/world/global-teardown.ts',
  maxWorkers: 1,
  testTimeout: 120_000,
};
