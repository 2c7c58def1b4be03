import { createZodDto } from 'nestjs-zod';
import { gateList, movedGate, moveGate } from '@varde/contracts';

// Classes for the documentation; the schemas are the contract's.
export class MoveGateDto extends createZodDto(moveGate) {}
export class MovedGateDto extends createZodDto(movedGate) {}
export class GateListDto extends createZodDto(gateList) {}
