import { addressIn, mustListen, readExistingServers, serversToStart } from './existing-servers';
import { freePort } from './port';

describe('servers that run already', () => {
  it('are read from the environment; what is not given we start ourselves', () => {
    const existing = readExistingServers({
      VARDE_KAFKA_BROKERS: 'one.example:9092, two.example:9092,',
      VARDE_REDIS_URL: '',
    });
    expect(existing.kafkaBrokers).toEqual(['one.example:9092', 'two.example:9092']);
    expect(serversToStart(existing)).toEqual(['postgres', 'redis']);
  });

  it('are all ours when nothing is given', () => {
    expect(serversToStart(readExistingServers({}))).toEqual(['postgres', 'redis', 'kafka']);
  });

  it.each([
    ['postgres://user:word@db.example/varde', 5432, { host: 'db.example', port: 5432 }],
    ['redis://127.0.0.1:6380', 6379, { host: '127.0.0.1', port: 6380 }],
    ['redis://[::1]:6380', 6379, { host: '::1', port: 6380 }],
    ['one.example:9093', 9092, { host: 'one.example', port: 9093 }],
    ['one.example', 9092, { host: 'one.example', port: 9092 }],
  ])('have their address in %s', (text, usualPort, expected) => {
    expect(addressIn('VARDE_X', text, usualPort)).toEqual(expected);
  });

  it('are named by their setting when it is no address, and the value, with its password, is not shown', () => {
    expect(() => addressIn('VARDE_POSTGRES_URL', 'postgres://user:word@', 5432)).toThrow(
      /^VARDE_POSTGRES_URL is no address(?!.*word)/,
    );
  });

  it('are told in one sentence when nothing listens there', async () => {
    const port = await freePort();
    await expect(mustListen('VARDE_REDIS_URL', { host: '127.0.0.1', port })).rejects.toThrow(
      `VARDE_REDIS_URL names 127.0.0.1:${port}, where nothing listens: start that server or take the setting away.`,
    );
  });
});
