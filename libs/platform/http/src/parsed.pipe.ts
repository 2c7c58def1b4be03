import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type { z } from 'zod';

/** A request that is not of the shape that its route asks for. */
export class RequestInvalid extends Error {
  override readonly name = 'RequestInvalid';

  constructor(
    /** What is wrong, the first first; never empty. */
    readonly problems: readonly FieldProblem[],
  ) {
    super(problems[0]?.problem ?? 'The request is not of the shape that this address asks for.');
  }
}

/** One field and what is wrong with it. Never the value: it may be a person's. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

const mostProblems = 20;
const longestField = 100;

/**
 * Parses what a handler takes. Without a schema of its own it uses the one of the parameter's class (`createZodDto`).
 *
 * @throws RequestInvalid, which becomes a 400 that names the field
 * @source S-5; style §7
 */
export class ParsedPipe implements PipeTransform {
  constructor(readonly schema?: z.ZodType) {}

  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type === 'custom') return value;
    const schema = this.schema ?? schemaOfDto(metadata.metatype);
    if (!schema) {
      // Parameters with a pipe of their own pass the global one too, and the start-up check has seen all the others.
      return value;
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const prefix = metadata.data === undefined ? [] : [metadata.data];
    throw new RequestInvalid(
      parsed.error.issues.flatMap((issue) => problemsOf(issue, prefix)).slice(0, mostProblems),
    );
  }
}

/** Parses one parameter by a schema: `@Param('id', parsed(z.uuid()))`. */
export const parsed = (schema: z.ZodType): ParsedPipe => new ParsedPipe(schema);

/** The schema of a class made by `createZodDto`, or `undefined` for any other type. */
export function schemaOfDto(type: unknown): z.ZodType | undefined {
  const isDto = typeof type === 'function' && 'isZodDto' in type && 'schema' in type;
  return isDto ? (type.schema as z.ZodType) : undefined;
}

function problemsOf(issue: z.core.$ZodIssue, prefix: readonly PropertyKey[]): FieldProblem[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const field = fieldOf([...path, key]);
      return { field, problem: `There is no field "${field}" here. Remove it.` };
    });
  }
  const field = fieldOf(path);
  if (field === '')
    return [{ field, problem: `The request has no usable content: ${sentenceOf(issue.message)}` }];
  const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  return [
    {
      field,
      problem: isMissing
        ? `The field "${field}" is missing.`
        : `The field "${field}" is wrong: ${sentenceOf(issue.message)}`,
    },
  ];
}

const fieldOf = (path: readonly PropertyKey[]): string =>
  path.map(String).join('.').slice(0, longestField);

const sentenceOf = (message: string): string =>
  `${message.charAt(0).toLowerCase()}${message.slice(1)}${message.endsWith('.') ? '' : '.'}`;
