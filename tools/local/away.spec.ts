import { createServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { awayFrom, awaySentence } from './away';

const program = (name: string) => ({ name, kind: 'program' }) as const;
const server = (name: string) => ({ name, kind: 'server' }) as const;

const servers: Server[] = [];
afterEach(() =>
  Promise.all(servers.splice(0).map((one) => new Promise((done) => one.close(done)))),
);

async function listening(one: Server): Promise<number> {
  servers.push(one);
  await new Promise<void>((done) => one.listen(0, '127.0.0.1', done));
  return (one.address() as AddressInfo).port;
}
const saying = (status: number): Promise<number> =>
  listening(createHttpServer((_, answer) => void answer.writeHead(status).end('{}')));
const redis = (answer: string): Promise<number> =>
  listening(createServer((socket) => void socket.on('data', () => socket.write(answer))));
const nobody = async (): Promise<number> => {
  const port = await listening(createServer());
  await new Promise((done) => servers.pop()?.close(done));
  return port;
};

describe('what is away', () => {
  it('is nothing where every part answers', async () => {
    const addresses = {
      redis: `redis://127.0.0.1:${await redis('+PONG\r\n')}`,
      api: `http://127.0.0.1:${await saying(200)}`,
    };
    expect(await awayFrom(addresses)).toEqual([]);
  });

  it('is every server that is dead or still loads, and every program that is not ready', async () => {
    const port = await nobody();
    const addresses = {
      postgres: `postgres://varde_reporting@127.0.0.1:${port}/varde`,
      redis: `redis://127.0.0.1:${await redis('-LOADING Redis is loading\r\n')}`,
      kafka: `127.0.0.1:${port}`,
      engine: `http://127.0.0.1:${await saying(503)}`,
      courier: `http://127.0.0.1:${port}`,
      api: `http://127.0.0.1:${await saying(200)}`,
    };
    expect(await awayFrom(addresses)).toEqual([
      server('PostgreSQL'),
      server('Redis'),
      server('Kafka'),
      program('engine'),
      program('courier'),
    ]);
  });

  it('is told with what to do: start anew for a server, wait for a program', () => {
    expect(awaySentence([server('Redis'), server('Kafka'), program('api')])).toBe(
      'It does not work: Redis and Kafka do not answer. Stop what is left and start again: npm run local -- down, then npm run local -- up',
    );
    expect(awaySentence([program('courier')])).toMatch(
      /^It does not work at the moment: courier does not say that it is ready\. .*by itself/,
    );
  });
});
