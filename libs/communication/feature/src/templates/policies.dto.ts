import { createZodDto } from 'nestjs-zod';
import { policyList, policyView, submitPolicy } from '@varde/contracts';

// Classes for the documentation; the schemas are the contract's.
export class SubmitPolicyDto extends createZodDto(submitPolicy) {}
export class PolicyDto extends createZodDto(policyView) {}
export class PolicyListDto extends createZodDto(policyList) {}
