import { parseJavaVersion, parsePostgresMajor } from './installed';
import { missingSentence } from './server-software';

describe('versions', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', { major: 17, version: '17.0.15' }],
    ['openjdk version "21" 2023-09-19', { major: 21, version: '21' }],
    ['java version "1.8.0_402"', { major: 8, version: '1.8.0_402' }],
    ['Picked up JAVA_TOOL_OPTIONS: -Dx\nopenjdk version "25-ea"', { major: 25, version: '25-ea' }],
    ['java: command not found', undefined],
  ])('of Java are read from %j', (said, expected) => {
    expect(parseJavaVersion(said)).toEqual(expected);
  });

  it.each([
    ['postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)', 15],
    ['postgres (PostgreSQL) 18beta1', 18],
    ['', undefined],
  ])('of PostgreSQL are read from %j', (said, expected) => {
    expect(parsePostgresMajor(said)).toBe(expected);
  });
});

describe('what is missing is told in one sentence', () => {
  it('with how to get it, and the way around', () => {
    expect(missingSentence(['postgres', 'redis'])).toBe(
      'The local servers need PostgreSQL 15 or newer, redis-server: install with "sudo apt-get install postgresql ' +
        'redis-server", or name servers that run already in VARDE_POSTGRES_URL, VARDE_REDIS_URL and ' +
        'VARDE_KAFKA_BROKERS, and run this again.',
    );
  });

  it('with the Java that is there but too old', () => {
    expect(missingSentence(['java'], { major: 11, path: '/opt/java/bin/java' })).toContain(
      'Java 17 or newer (/opt/java/bin/java is version 11): install with "sudo apt-get install openjdk-17-jre-headless"',
    );
  });
});
