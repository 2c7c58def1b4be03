import type { IncomingMessage, ServerResponse } from 'node:http';
import { BadRequest, sendJson, type Exchange } from './exchange';

/** A method, a pattern for the whole path, and what to do. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly handle: (exchange: Exchange) => Promise<void> | void;
}

/** A route whose path is written with `:name` for one segment. */
export function route(method: string, path: string, handle: Route['handle']): Route {
  const pattern = path.replace(/\./g, '\\.').replace(/:\w+/g, '([^/]+)');
  return { method, path: new RegExp(`^${pattern}$`), handle };
}

/** Answers requests by the first route that matches; what is thrown becomes an answer too. */
export function router(routes: readonly Route[]) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    void answer(routes, request, response).catch((error: unknown) => tell(error, response));
  };
}

async function answer(
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  for (const { method, path: pattern, handle } of routes) {
    const found = method === request.method ? pattern.exec(path) : null;
    if (!found) continue;
    const caught = found.slice(1).map(decode);
    await handle({ request, response, query: new URLSearchParams(query), caught });
    return;
  }
  throw new BadRequest(`There is nothing at ${request.method} ${path}.`, 404);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new BadRequest(`The address is not well formed: ${String(cause)}`);
  }
}

function tell(error: unknown, response: ServerResponse): void {
  if (response.destroyed) return;
  const status = error instanceof BadRequest ? error.status : 500;
  if (status === 500)
    process.stderr.write(`sandbox: ${error instanceof Error ? error.stack : String(error)}\n`);
  if (response.headersSent) response.destroy();
  else
    sendJson(response, status, { error: error instanceof Error ? error.message : String(error) });
}
