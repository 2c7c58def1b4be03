import type { z } from 'zod';
import { isSecret } from '@varde/platform-config';
import type { GeneratedFile } from './generated-file';

/** One program and what it reads from its environment. */
export interface ProgramSettings {
  /** `api`, `engine` … */
  readonly program: string;
  readonly schema: z.ZodObject;
}

/** What a setting is when nobody gives it. */
type Absent =
  | { readonly kind: 'needed' }
  | { readonly kind: 'left-out' }
  | { readonly kind: 'default'; readonly value: string };

interface Definition {
  readonly type: string;
  readonly defaultValue?: unknown;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
}

function whenAbsent(field: z.core.$ZodType): Absent {
  const definition = field._zod.def as unknown as Definition;
  if (definition.type === 'default')
    return { kind: 'default', value: String(definition.defaultValue) };
  if (definition.type === 'optional') return { kind: 'left-out' };
  const inner = definition.innerType ?? definition.in;
  return inner ? whenAbsent(inner) : { kind: 'needed' };
}

const width = 100;

/** Comment lines of at most a hundred columns. */
function commented(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines;
}

function setting({ schema }: ProgramSettings, name: string): string[] {
  const field = (schema.shape as Readonly<Record<string, z.ZodType>>)[name];
  if (!field) return [];
  const absent = whenAbsent(field);
  const value = absent.kind === 'default' && !isSecret(schema, name) ? absent.value : '';
  // A setting that may be left out stands as a comment: an empty value is not the same as none everywhere.
  const line = absent.kind === 'left-out' ? `# ${name}=` : `${name}=${value}`;
  const meaning = field.description ?? '';
  return [...commented(absent.kind === 'needed' ? `${meaning} (needed)` : meaning), line, ''];
}

/**
 * Every setting of every program with its meaning, in the order of the schemas; values of secrets are never in it. A name that
 * two programs share stands in both sections, since its value may differ: each program signs in under its own role.
 *
 * @source style §6
 */
export const envExample = (programs: readonly ProgramSettings[]): string =>
  [
    '# Settings of the programs. Made by "npm run generate" from apps/*/src/*.config.ts: change it there.',
    '',
    ...programs.flatMap((program) => [
      `# Program ${program.program}`,
      '',
      ...Object.keys(program.schema.shape).flatMap((name) => setting(program, name)),
    ]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');

/** The checked-in example of an environment. */
export const envExampleFile = (programs: readonly ProgramSettings[]): GeneratedFile => ({
  path: '.env.example',
  text: envExample(programs),
});
