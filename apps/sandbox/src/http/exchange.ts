import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';

/** One request and the answer to it. The double misbehaves on the socket itself, so it stands on `node:http` alone. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  /** What the brackets of the route's pattern caught, decoded. */
  readonly caught: readonly string[];
}

/** The caller asked for something that cannot be; told to them as it stands. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';

  constructor(
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

const longestBody = 1_048_576;

/** The whole body as text. @throws BadRequest above 1 MiB */
export function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > longestBody) reject(new BadRequest('The body is longer than 1 MiB.', 413));
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
  });
}

/** The body as a form. */
export const readForm = async (request: IncomingMessage): Promise<URLSearchParams> =>
  new URLSearchParams(await readBody(request));

/**
 * The body as JSON of a schema.
 *
 * @throws BadRequest for another content type (a page elsewhere cannot post JSON here unasked), for text that is not
 *   JSON and for a document that the schema refuses: one sentence per problem
 */
export async function readJson<S extends z.ZodType>(
  request: IncomingMessage,
  schema: S,
): Promise<z.output<S>> {
  if (!request.headers['content-type']?.startsWith('application/json')) {
    throw new BadRequest('Send the settings as application/json.', 415);
  }
  const parsed = schema.safeParse(parseJson(await readBody(request)));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || 'the document'}: ${message}`,
  );
  throw new BadRequest(`These settings are refused. ${problems.join('; ')}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadRequest(`The body is not JSON: ${String(cause)}`);
  }
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** Answers with one JSON document per line, as fast as the reader takes them. */
export async function sendLines(
  response: ServerResponse,
  values: Iterable<unknown>,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
  for (const value of values) {
    if (response.destroyed) return;
    const hasRoom = response.write(`${JSON.stringify(value)}\n`);
    if (!hasRoom) await drained(response);
  }
  response.end();
}

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    response.once('drain', resolve);
    response.once('close', resolve);
  });
