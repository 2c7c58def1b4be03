import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectFolder } from './data-folder';
import { kafkaVersion } from './kafka-jars';
import { redisSettings } from './redis-server';

const read = (file: string): string =>
  readFileSync(join(findProjectFolder(), 'infra', file), 'utf8');
const compose = read('compose.yaml');

describe('compose.yaml', () => {
  it('starts Redis with the flags of the local launcher', () => {
    const flags = redisSettings.map((flag) => flag || "''").join(' ');
    expect(compose).toContain(`command: redis-server ${flags}
`);
  });

  it('starts the Kafka that the local launcher fetches', () => {
    expect(compose).toContain(`image: apache/kafka:${kafkaVersion}\n`);
  });

  it('mounts the settings that the local launcher reads', () => {
    expect(compose).toContain('- ./postgres/postgresql.conf:');
    expect(compose).toContain('- ./kafka:/mnt/shared/config:ro');
  });

  it('publishes on this machine only', () => {
    const published = [...compose.matchAll(/ports: \['(.+?)'\]/g)].map(([, port]) => port);
    expect(published).toHaveLength(3);
    expect(published.every((port) => port?.startsWith('127.0.0.1:'))).toBe(true);
  });
});

describe('PostgreSQL’s settings', () => {
  it.each(['fsync', 'synchronous_commit', 'full_page_writes'])('keep %s on', (name) => {
    expect(read('postgres/postgresql.conf')).toMatch(new RegExp(`^${name} = on$`, 'm'));
  });

  it('write neither statements nor row values to the log', () => {
    expect(read('postgres/postgresql.conf')).toContain(
      'log_min_error_statement = panic\nlog_error_verbosity = terse',
    );
  });
});
