import { createServer, type AddressInfo } from 'node:net';
import { isErrno } from './process-mark';

/** A port that was free a moment ago; a server that finds it taken after all asks for another. */
export interface PortChoice {
  readonly port: number;
  /** Nothing was wished, or the wish came true. */
  readonly asWished: boolean;
}

/** The wished port on 127.0.0.1 when it is free, else any free one. */
export async function choosePort(wished?: number): Promise<PortChoice> {
  if (wished !== undefined && wished !== 0) {
    const got = await tryPort(wished);
    return got === undefined
      ? { port: await freePort(), asWished: false }
      : { port: got, asWished: true };
  }
  return { port: await freePort(), asWished: true };
}

/** Any free port on 127.0.0.1. */
export async function freePort(): Promise<number> {
  const port = await tryPort(0);
  if (port === undefined)
    throw new Error('No free port on 127.0.0.1: end some programs and try again.');
  return port;
}

function tryPort(wished: number): Promise<number | undefined> {
  return new Promise((settle, fail) => {
    const server = createServer();
    server.once('error', (error) => {
      if (isErrno(error, 'EADDRINUSE', 'EACCES')) settle(undefined);
      else fail(error);
    });
    server.listen({ host: '127.0.0.1', port: wished, exclusive: true }, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => settle(port));
    });
  });
}
