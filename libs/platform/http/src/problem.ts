import { HttpException } from '@nestjs/common';
import { z } from 'zod';
import { Refusal, seconds } from '@varde/kernel';
import { freshAcr, freshFor } from '@varde/platform-auth';
import { NotNow, notAvailable, retryAfterSeconds } from './later';
import { RequestInvalid } from './parsed.pipe';
import { statusOfRefusal } from './refusal-status';

/** What a request is answered that was not granted. @source RFC 9457 */
export const problem = z.strictObject({
  type: z.string().describe('urn:varde:refusal:<code>'),
  title: z.string().describe('the kind of problem, the same for every one of this status'),
  status: z.int(),
  detail: z.string().describe('one sentence: what is so, and what to do'),
  instance: z.string().describe('the path that was asked'),
  code: z.string().describe('for programs: what was forbidden'),
  facts: z.record(z.string(), z.unknown()).optional(),
  field: z.string().optional().describe('the field at fault'),
  problems: z.array(z.strictObject({ field: z.string(), problem: z.string() })).optional(),
  correlationId: z.string().describe('name it when you report the problem'),
});

/** See {@link problem}. */
export type Problem = z.infer<typeof problem>;

/** A problem and the headers that belong to it. */
export interface ProblemAnswer {
  readonly body: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** Is it ours, and to be looked at? Then the cause is logged. */
  readonly isFault: boolean;
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'A sign-in is needed',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not possible here',
  408: 'The request took too long',
  409: 'Not possible in this state',
  412: 'Changed since you looked',
  413: 'The request is too large',
  414: 'The address is too long',
  415: 'This kind of content is not accepted',
  422: 'The content is refused',
  429: 'Too many requests',
  431: 'The headers are too large',
  500: 'Something went wrong here',
  503: 'Not available at the moment',
};

// What the framework refuses before our code sees it.
const frameworkRefusals: Readonly<Record<number, readonly [string, string]>> = {
  400: [
    'body-unreadable',
    'The content of the request is not valid JSON, or not what its header says. Correct it and send it again.',
  ],
  404: ['no-such-route', 'There is nothing at this address. See /docs for what there is.'],
  405: [
    'method-not-possible',
    'This address does not know this method. See /docs for what there is.',
  ],
  408: ['request-too-slow', 'The request did not arrive in time. Send it again.'],
  413: [
    'body-too-large',
    'The content of the request is larger than accepted here. Send less at once.',
  ],
  414: ['address-too-long', 'The address is longer than accepted here.'],
  415: ['media-type-refused', 'This kind of content is not accepted here. Send application/json.'],
};

interface Asked {
  readonly path: string;
  readonly correlationId: string;
}

/** The problem document for whatever a handler threw. What is not known is a fault: 500, and nothing about it but the id. */
export function problemOf(
  cause: unknown,
  asked: Asked,
  isUnavailable: (cause: unknown) => boolean,
): ProblemAnswer {
  if (cause instanceof Refusal) return ofRefusal(cause, asked);
  if (cause instanceof RequestInvalid) return ofInvalid(cause, asked);
  if (cause instanceof NotNow) return ofNotNow(cause, asked);
  if (cause instanceof HttpException && cause.getStatus() < 500)
    return ofFramework(cause.getStatus(), asked);
  if (isUnavailable(cause)) {
    const sentence =
      'The service cannot reach its database at the moment. Nothing was changed. Try again.';
    return { ...ofNotNow(notAvailable(sentence, seconds(2)), asked), isFault: true };
  }
  const detail = `This is our mistake. Report it with the number ${asked.correlationId}.`;
  return answer(500, 'fault', detail, asked, {}, {}, true);
}

function ofRefusal(refusal: Refusal, asked: Asked): ProblemAnswer {
  const status = statusOfRefusal(refusal);
  const rest = {
    ...(Object.keys(refusal.facts).length === 0 ? {} : { facts: refusal.facts }),
    ...(refusal.field === undefined ? {} : { field: refusal.field }),
  };
  return answer(
    status,
    refusal.code,
    refusal.message,
    asked,
    rest,
    headersOf(refusal.code, status),
    status >= 500,
  );
}

function headersOf(code: string, status: number): Record<string, string> {
  if (status === 503) return { 'retry-after': retryAfterSeconds(seconds(5)) };
  if (status !== 401) return {};
  if (code === 'sign-in-missing') return { 'www-authenticate': 'Bearer' };
  const isOld = code === 'fresh-sign-in-needed';
  const error = isOld
    ? `error="insufficient_user_authentication", acr_values="${freshAcr}", max_age="${freshFor / 1000}"`
    : 'error="invalid_token"';
  return { 'www-authenticate': `Bearer ${error}` };
}

function ofInvalid(invalid: RequestInvalid, asked: Asked): ProblemAnswer {
  const field = invalid.problems[0]?.field;
  return answer(400, 'request-invalid', invalid.message, asked, {
    ...(field === undefined || field === '' ? {} : { field }),
    problems: [...invalid.problems],
  });
}

const ofNotNow = (cause: NotNow, asked: Asked): ProblemAnswer =>
  answer(
    cause.status,
    cause.code,
    cause.message,
    asked,
    {},
    { 'retry-after': retryAfterSeconds(cause.retryAfter) },
  );

function ofFramework(status: number, asked: Asked): ProblemAnswer {
  const [code, sentence] = frameworkRefusals[status] ?? [
    'request-refused',
    'The request is refused. See /docs for what is accepted.',
  ];
  return answer(status, code, sentence, asked);
}

function answer(
  status: number,
  code: string,
  detail: string,
  { path, correlationId }: Asked,
  rest: Partial<Pick<Problem, 'facts' | 'field' | 'problems'>> = {},
  headers: Record<string, string> = {},
  isFault = false,
): ProblemAnswer {
  const body = {
    type: `urn:varde:refusal:${code}`,
    title: titles[status] ?? 'The request is refused',
    status,
    detail,
    instance: path,
    code,
    ...rest,
    correlationId,
  };
  return { body, headers, isFault };
}
