// Faults: programs killed, Redis emptied, Kafka replayed, connections cut, in their CI sizes (test/fault/sizes.ts).
const { installAliases } = require('./libs/testing/jest/aliases.cjs');

// Jest maps aliases inside tests only; the set-up runs outside of them.
installAliases();

module.exports = {
  ...require('./jest.preset.cjs'),
  testMatch: ['<rootDir>/test/fault/**/*.fault.spec.ts'],
  maxWorkers: 1,
  testTimeout: 300_000,
};
