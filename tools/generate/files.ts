import { asyncApiFile } from './asyncapi';
import { envExampleFile } from './env-example';
import type { GeneratedFile } from './generated-file';
import { jsonSchemaFiles } from './json-schemas';
import { openApiFile } from './openapi';
import { programSettings } from './program-settings';
import { proofsFile } from './proofs';

/** Every checked-in file that is made from the sources. */
export const generatedFiles = async (): Promise<readonly GeneratedFile[]> => [
  await openApiFile(),
  asyncApiFile(),
  ...jsonSchemaFiles(),
  envExampleFile(programSettings),
  proofsFile(),
];
