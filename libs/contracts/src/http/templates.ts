import { z } from 'zod';
import type { Frozen } from './fields';

/** Takes the ready text of this name into use, as its next version. */
export const submitTemplate = z.strictObject({ template: z.string().min(1).max(40) });
/** See {@link submitTemplate}. */
export type SubmitTemplate = z.infer<typeof submitTemplate>;

/** A template as lists show it. */
export const templateView = z.object({
  template: z.string(),
  version: z.int(),
  author: z.uuid(),
  approvers: z.array(z.uuid()),
  isPreApproved: z.boolean().describe('two people, neither its author, have approved it'),
  languages: z.array(z.string()),
});
/** See {@link templateView}. */
export type TemplateView = Frozen<z.infer<typeof templateView>>;

/** Newest version of each template, by name. */
export const templateList = z.object({ templates: z.array(templateView) });
/** See {@link templateList}. */
export type TemplateList = Frozen<z.infer<typeof templateList>>;
