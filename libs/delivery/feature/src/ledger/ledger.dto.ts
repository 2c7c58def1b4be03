import { createZodDto } from 'nestjs-zod';
import { ledgerFilter, ledgerView } from '@varde/contracts';

// Classes for the documentation; the schemas are the contract's.
export class LedgerFilterDto extends createZodDto(ledgerFilter) {}
export class LedgerDto extends createZodDto(ledgerView) {}
