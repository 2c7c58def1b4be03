import { createZodDto } from 'nestjs-zod';
import { submitTemplate, templateList, templateView } from '@varde/contracts';

// Classes for the documentation; the schemas are the contract's.
export class SubmitTemplateDto extends createZodDto(submitTemplate) {}
export class TemplateDto extends createZodDto(templateView) {}
export class TemplateListDto extends createZodDto(templateList) {}
