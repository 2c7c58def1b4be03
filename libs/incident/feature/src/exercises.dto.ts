import { createZodDto } from 'nestjs-zod';
import { exerciseList, exerciseView, moveExercise } from '@varde/contracts';

// Classes for the documentation; the schemas are the contract's.
export class MoveExerciseDto extends createZodDto(moveExercise) {}
export class ExerciseDto extends createZodDto(exerciseView) {}
export class ExerciseListDto extends createZodDto(exerciseList) {}
