import type { Command } from 'commander';
import { moveExercise, type ExerciseView } from '@varde/contracts';
import { asked } from '../arguments';
import type { Context } from '../context';
import { json, noun, verb } from '../help';

const words = {
  start: (country: string) => `EXERCISE in ${country}: 0 customers will be contacted.`,
  end: (country: string) => `The exercise in ${country} is over.`,
} as const;

/** `varde exercise …` */
export function exerciseCommands(program: Command, context: Context): void {
  const exercise = noun(
    program,
    'exercise',
    'the real flow with the real roles, for nobody outside',
    'varde exercise start --country NO',
  );
  for (const act of ['start', 'end'] as const) {
    verb(
      exercise,
      act,
      `${act} the exercise of a country; one runs at a time`,
      `varde exercise ${act} --country NO`,
    )
      .requiredOption('--country <code>', 'NO, SE or DK')
      .option('--json', json.one)
      .action(async (flags: { country: string; json?: boolean }) => {
        const body = asked(moveExercise, { country: flags.country as 'NO' });
        const done = await context.post<ExerciseView>(`/exercises/${act}`, body);
        context.answer(flags.json, done, words[act](done.country));
      });
  }
}
