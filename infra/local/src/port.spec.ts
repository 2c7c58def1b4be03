import { createServer, type AddressInfo, type Server } from 'node:net';
import { choosePort } from './port';

const listen = (): Promise<Server> =>
  new Promise((settle) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => settle(server));
  });

describe('choosePort', () => {
  it('takes the wished port when it is free', async () => {
    const { port } = await choosePort();
    expect(await choosePort(port)).toEqual({ port, asWished: true });
  });

  it('takes another and says so when somebody listens there', async () => {
    const server = await listen();
    const { port: taken } = server.address() as AddressInfo;
    const choice = await choosePort(taken).finally(() => server.close());
    expect(choice.asWished).toBe(false);
    expect(choice.port).not.toBe(taken);
  });

  it('takes any when none is wished', async () => {
    const { port, asWished } = await choosePort(0);
    expect(port).toBeGreaterThan(0);
    expect(asWished).toBe(true);
  });
});
