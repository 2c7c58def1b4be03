import type { FastifyInstance } from 'fastify';

/** Headers of every answer that has not set its own. A page of HTML names what it needs; data needs nothing. @source S-37 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** CSP of a page without any script, whose style sheet is our own file. */
export const plainPagePolicy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const twoYears = 'max-age=63072000; includeSubDomains';

/** Puts the headers on every answer. HSTS only where the outside reaches us by https, else it would lock a loopback name. */
export function addSecurityHeaders(server: FastifyInstance, behindHttps: boolean): void {
  const all = behindHttps
    ? { ...securityHeaders, 'strict-transport-security': twoYears }
    : securityHeaders;
  server.addHook('onSend', (_request, reply, payload, done) => {
    for (const [name, value] of Object.entries(all))
      if (!reply.hasHeader(name)) void reply.header(name, value);
    done(null, payload);
  });
}
