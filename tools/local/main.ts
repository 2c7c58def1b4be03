import { runLocal } from './local';

void runLocal(process.argv.slice(2)).then((code) => (process.exitCode = code));
