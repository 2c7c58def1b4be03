import { z } from 'zod';
import { eventCatalog, jobCatalog } from '@varde/contracts';
import { jsonFile, type GeneratedFile } from './generated-file';

/**
 * A contract as JSON Schema, as its reader must take it: fields that it does not know are allowed.
 *
 * @source `standards.md` §9.1
 */
export const jsonSchemaOf = (schema: z.ZodType): Record<string, unknown> =>
  z.toJSONSchema(schema, { io: 'input' });

/** `libs/contracts/schemas/*.json`: one for each public fact and each kind of job. */
export function jsonSchemaFiles(): GeneratedFile[] {
  const all: [string, z.ZodType][] = [
    ...Object.entries(eventCatalog).map(([name, { schema }]): [string, z.ZodType] => [
      name,
      schema,
    ]),
    ...Object.entries(jobCatalog).map(([name, { schema }]): [string, z.ZodType] => [
      `job.${name}`,
      schema,
    ]),
  ];
  return all.map(([name, schema]) => {
    const { $schema, ...rest } = jsonSchemaOf(schema);
    return jsonFile(`libs/contracts/schemas/${name}.json`, {
      $schema,
      $id: `urn:varde:schema:${name}`,
      title: name,
      ...rest,
    });
  });
}
