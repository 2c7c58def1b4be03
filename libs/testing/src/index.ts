export { given, type Decide, type Then } from './given';
export { aPrefix } from './prefix';
export { type TestClock } from './test-clock';
export { aBareDatabase, aDatabase, type TestDatabase } from './test-database';
export { brokers, redisUrl, testServers, type TestServers } from './test-servers';
