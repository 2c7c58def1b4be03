import { createZodDto } from 'nestjs-zod';
import { deadLetterFilter, deadLetterList, intakeStatus, replayed } from '@varde/contracts';

// Classes for the documentation; the schemas are the contract's.
export class IntakeStatusDto extends createZodDto(intakeStatus) {}
export class DeadLetterFilterDto extends createZodDto(deadLetterFilter) {}
export class DeadLetterListDto extends createZodDto(deadLetterList) {}
export class ReplayedDto extends createZodDto(replayed) {}
