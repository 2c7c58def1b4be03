import { stopKept } from './running';

/** After all integration tests: Kafka, Redis and PostgreSQL stop, and their folder goes. */
export default function globalTeardown(): Promise<void> {
  return stopKept();
}
