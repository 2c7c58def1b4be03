import { asyncApiFile } from './asyncapi';
import type { GeneratedFile } from './generated-file';
import { jsonSchemaFiles } from './json-schemas';
import { openApiFile } from './openapi';

/** Every checked-in file that is made from the sources. */
export const generatedFiles = async (): Promise<readonly GeneratedFile[]> => [
  await openApiFile(),
  asyncApiFile(),
  ...jsonSchemaFiles(),
];
