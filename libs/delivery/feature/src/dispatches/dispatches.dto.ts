import { createZodDto } from 'nestjs-zod';
import { dispatchFilter, dispatchList, dispatchView } from '@varde/contracts';

// Classes for the documentation; the schemas are the contract's.
export class DispatchFilterDto extends createZodDto(dispatchFilter) {}
export class DispatchDto extends createZodDto(dispatchView) {}
export class DispatchListDto extends createZodDto(dispatchList) {}
