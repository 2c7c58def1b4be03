import { z } from 'zod';

/** Configuration that cannot be used: every problem at once, each with the name, what is wrong, and what the value means. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

// A default that somebody forgot to change must not reach production (S-35).
const defaultSecrets = /^(secret|password|default|example|test)\d*$|change-?me/i;

/**
 * Reads a program's configuration once, before anything starts.
 *
 * @param schema      every setting with a `.describe()`: meaning, unit, default, whether it is secret
 * @param environment the process's environment; the only place where it is read
 * @throws ConfigurationError that names all problems together; values of secrets are never in it
 */
export function readConfig<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.infer<Schema> {
  const present = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = environment[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const parsed = schema.safeParse(present);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map(
        (issue) =>
          `${issue.path.join('.')}: ${String(issue.path[0]) in present ? issue.message : 'is missing'}${meaning(schema, issue.path[0])}`,
      );
  const defaults = Object.entries(present).flatMap(([name, value]) =>
    isSecret(schema, name) && secretsIn(value).some((secret) => defaultSecrets.test(secret))
      ? [`${name}: holds a default secret${meaning(schema, name)}`]
      : [],
  );
  const all = [...problems, ...defaults];
  if (all.length > 0 || !parsed.success) {
    throw new ConfigurationError(
      `The configuration cannot be used:\n${all.map((line) => `  - ${line}`).join('\n')}`,
    );
  }
  return parsed.data;
}

/** The value itself; of an address only the password in it, since hosts and roles may have common names. */
function secretsIn(value: string): readonly string[] {
  if (!URL.canParse(value)) return [value];
  const { password } = new URL(value);
  return [password, decoded(password)];
}

function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch (cause) {
    // A percent sign that encodes nothing: whoever uses the address says so.
    if (cause instanceof URIError) return password;
    throw cause;
  }
}

const describe = (schema: z.ZodObject, name: PropertyKey | undefined): string =>
  (schema.shape as Record<PropertyKey, { description?: string } | undefined>)[name ?? '']
    ?.description ?? '';

const meaning = (schema: z.ZodObject, name: PropertyKey | undefined): string => {
  const text = describe(schema, name);
  return text ? ` (${text})` : '';
};

/** Does a setting's description say that it is secret? */
export const isSecret = (schema: z.ZodObject, name: string): boolean =>
  /\bsecret\b/i.test(describe(schema, name));
