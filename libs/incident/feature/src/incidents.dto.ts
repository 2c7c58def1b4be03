import { createZodDto } from 'nestjs-zod';
import {
  incidentFilter,
  incidentList,
  incidentView,
  mergeIncident,
  raiseIncident,
  resolveIncident,
  updateIncident,
  withReason,
} from '@varde/contracts';

// Classes for the documentation; the schemas are the contract's.
export class RaiseIncidentDto extends createZodDto(raiseIncident) {}
export class UpdateIncidentDto extends createZodDto(updateIncident) {}
export class ResolveIncidentDto extends createZodDto(resolveIncident) {}
export class MergeIncidentDto extends createZodDto(mergeIncident) {}
export class WithReasonDto extends createZodDto(withReason) {}
export class IncidentFilterDto extends createZodDto(incidentFilter) {}
export class IncidentDto extends createZodDto(incidentView) {}
export class IncidentListDto extends createZodDto(incidentList) {}
