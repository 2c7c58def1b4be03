import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { NoAnswer, UndiciClient } from './undici-client';

it('DL-1: a call that waited too long for a connection is given up as never sent, and never goes out later', async () => {
  const heard: string[] = [];
  const silent = createServer((request, response) => {
    heard.push(request.url ?? '');
    if (request.url === '/third') response.end('{}');
  });
  await new Promise<void>((go) => silent.listen(0, '127.0.0.1', go));
  const { port } = silent.address() as AddressInfo;
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 1, pipelining: 1 });
  const call = (path: string, callMs: number): Promise<unknown> =>
    new UndiciClient(pool, '', callMs)
      .request({ method: 'post', uri: `http://provider.example${path}` })
      .catch((cause: unknown) => (cause instanceof NoAnswer ? cause.bytesSent : cause));
  const ends = await Promise.all([
    call('/first', 200),
    call('/second', 100),
    call('/third', 60_000),
  ]);
  expect(ends).toEqual([true, false, expect.objectContaining({ statusCode: 200 })]);
  expect(heard).toEqual(['/first', '/third']);
  await pool.destroy();
  silent.closeAllConnections();
  await new Promise((go) => silent.close(go));
});
