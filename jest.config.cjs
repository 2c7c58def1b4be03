// Unit tests: pure functions, no server, the whole lot in seconds.
module.exports = {
  ...require('./jest.preset.cjs'),
  testMatch: ['<rootDir>/{apps,libs,infra,tools}/**/*.spec.ts'],
  testPathIgnorePatterns: ['\\.int\\.spec\\.ts$', '\\.acceptance\\.spec\\.ts$'],
};
