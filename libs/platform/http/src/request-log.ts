import type { FastifyInstance } from 'fastify';
import { withCorrelation, type Log, type MetricsRegistry } from '@varde/platform-observability';
import { personOfRequest } from './access';

/** Gives each request its correlation id, one line when it is answered, and its figures. Routes by pattern, never by URL. */
export function followRequests(server: FastifyInstance, log: Log, metrics: MetricsRegistry): void {
  const { varde_http_seconds: duration } = metrics.define({
    varde_http_seconds: {
      kind: 'histogram',
      help: 'seconds from request to answer',
      labels: ['method', 'route', 'status'],
    },
  });
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-correlation-id', request.id);
    withCorrelation(request.id, done);
  });
  // Reading a body leaves the context in which it was asked for, so it is entered again.
  server.addHook('preValidation', (request, _reply, done) => withCorrelation(request.id, done));
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const { method } = request;
    const status = String(reply.statusCode);
    duration.observe({ method, route, status }, reply.elapsedTime / 1000);
    const who = personOfRequest(request)?.personId;
    const isRead = method === 'GET' || method === 'HEAD';
    log[isRead ? 'debug' : 'info']('http.answered', {
      correlationId: request.id,
      method,
      route,
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
      ...(who === undefined ? {} : { personId: who }),
    });
    done();
  });
}
