import { createServer } from 'node:http';

// A provider that takes everything at once, in a process of its own. It stamps arrivals on the machine's monotonic clock, which all
// processes share, and keeps who got what: the ground truth of every load test.
interface Arrival {
  readonly to: string;
  readonly body: string;
  readonly at: number;
}

let arrivals: Arrival[] = [];
let accepted = 0;

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/arrivals' ? arrivals : { accepted }));
    return;
  }
  if (request.method === 'DELETE') {
    arrivals = [];
    accepted = 0;
    response.end();
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    arrivals.push({
      to: form.get('To') ?? '',
      body: form.get('Body') ?? '',
      at: Number(process.hrtime.bigint()) / 1e6,
    });
    accepted += 1;
    response.statusCode = 201;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        sid: `SM${accepted.toString(16).padStart(32, '0')}`,
        status: 'queued',
        num_segments: '1',
        error_code: null,
      }),
    );
  });
});

server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.SINK_PORT ?? 0), '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(
    `sink listens on ${typeof address === 'object' && address ? address.port : ''}\n`,
  );
});
process.once('SIGTERM', () => server.close(() => process.exit(0)));
