import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '@varde/platform-observability';
import { personOfRequest } from './access';
import { problemOf } from './problem';
import { securityHeaders } from './security-headers';

/** Answers whatever was thrown with a problem document, and logs it: a refusal as a decision, a fault with its cause. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Log,
    private readonly isUnavailable: (cause: unknown) => boolean,
  ) {}

  catch(cause: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(cause, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** The same for an error that the router meets before any handler. */
  answer(cause: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const path = request.url.split('?', 1)[0] ?? '/';
    const { body, headers, isFault } = problemOf(
      cause,
      { path, correlationId: request.id },
      this.isUnavailable,
    );
    const who = personOfRequest(request)?.personId;
    const said = {
      correlationId: request.id,
      method: request.method,
      route: request.routeOptions?.url ?? 'none',
      status: body.status,
      code: body.code,
      ...(who === undefined ? {} : { personId: who }),
    };
    if (isFault) this.log.error('http.failed', { ...said, err: cause });
    else this.log.info('http.refused', said);
    if (reply.sent) {
      // The answer has begun: only cutting it off tells the caller that it is not whole.
      reply.raw.destroy();
      return;
    }
    void reply
      .code(body.status)
      .headers({
        // Said here too: what the router refuses by itself passes no hook.
        ...securityHeaders,
        ...headers,
        'x-correlation-id': request.id,
        'content-type': 'application/problem+json; charset=utf-8',
      })
      .send(JSON.stringify(body));
  }
}
