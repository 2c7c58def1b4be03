import { shutdownOnSignals, startStack } from '@varde/local';
import { prepareServers } from '../src/prepare-servers';
import { rememberServers } from '../src/test-servers';
import { keep } from './running';

/** Before all integration tests: one throw-away stack, its roles, its template database, a Kafka that has had a group. */
export default async function globalSetup(): Promise<void> {
  const shutdown = shutdownOnSignals((line) => process.stderr.write(`${line}\n`));
  keep(shutdown);
  const stack = await startStack({ name: 'jest', throwAway: true, shutdown });
  try {
    rememberServers(await prepareServers(stack));
  } catch (error) {
    await stack.stop();
    throw error;
  }
}
