import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { fieldFaultsOf, type FieldFault } from '@varde/contracts';

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
    const { data } = metadata;
    const faults =
      data === undefined
        ? fieldFaultsOf(parsed.error.issues, value)
        : fieldFaultsOf(
            parsed.error.issues.map((issue) => ({ ...issue, path: [data, ...issue.path] })),
            { [data]: value },
          );
    throw new RequestInvalid(faults.slice(0, mostProblems).map(problemOf));
  }
}

/** Parses one parameter by a schema: `@Param('id', parsed(z.uuid()))`. */
export const parsed = (schema: z.ZodType): ParsedPipe => new ParsedPipe(schema);

/** The schema of a class made by `createZodDto`, or `undefined` for any other type. */
export function schemaOfDto(type: unknown): z.ZodType | undefined {
  const isDto = typeof type === 'function' && 'isZodDto' in type && 'schema' in type;
  return isDto ? (type.schema as z.ZodType) : undefined;
}

function problemOf({ field, kind, says }: FieldFault): FieldProblem {
  if (kind === 'not-known')
    return { field, problem: `There is no field "${field}" here. Remove it.` };
  if (kind === 'missing') return { field, problem: `The field "${field}" is missing.` };
  const what = field === '' ? 'The request has no usable content' : `The field "${field}" is wrong`;
  return { field, problem: `${what}: ${says.charAt(0).toLowerCase()}${says.slice(1)}` };
}
