import { z } from 'zod';
import { countries } from '@varde/incident-domain/vocabulary';
import { instantText } from '../events/incident';
import type { Frozen } from './fields';

/** Starts or ends the exercise of a country; one runs at a time. @source D-08 */
export const moveExercise = z.strictObject({ country: z.enum(countries) });
/** See {@link moveExercise}. */
export type MoveExercise = z.infer<typeof moveExercise>;

/** An exercise. */
export const exerciseView = z.object({
  exerciseId: z.uuid(),
  country: z.enum(countries),
  startedBy: z.uuid(),
  startedAt: instantText,
  endedBy: z.uuid().nullable(),
  endedAt: instantText.nullable().describe('null while it runs'),
});
/** See {@link exerciseView}. */
export type ExerciseView = Frozen<z.infer<typeof exerciseView>>;

/** Exercises, newest first; at most 100. */
export const exerciseList = z.object({ exercises: z.array(exerciseView) });
/** See {@link exerciseList}. */
export type ExerciseList = Frozen<z.infer<typeof exerciseList>>;
