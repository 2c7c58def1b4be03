import { createZodDto } from 'nestjs-zod';
import { registerSource, sourceList, sourceView } from '@varde/contracts';

// Classes for the documentation; the schemas are the contract's.
export class RegisterSourceDto extends createZodDto(registerSource) {}
export class SourceDto extends createZodDto(sourceView) {}
export class SourceListDto extends createZodDto(sourceList) {}
