// Jest's globalSetup and globalTeardown are loaded outside of Jest's own module system, where `moduleNameMapper` means nothing.
// There, our aliases are resolved by Node itself: the same table, tsconfig.base.json.
const Module = require('node:module');
const { join } = require('node:path');

const project = join(__dirname, '../../..');
const { paths } = require(join(project, 'tsconfig.base.json')).compilerOptions;

/** Lets `require('@varde/…')` find our sources in this process. Asked twice it does it once. */
exports.installAliases = () => {
  if (Module._resolveFilename.knowsVarde) return;
  const original = Module._resolveFilename;
  const resolve = (request, ...rest) => {
    const file = paths[request]?.[0];
    return original.call(Module, file ? join(project, file) : request, ...rest);
  };
  Module._resolveFilename = Object.assign(resolve, { knowsVarde: true });
};
