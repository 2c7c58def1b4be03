/**
 * A word of a closed list as it is compared: without case, spaces, underscores and dashes.
 * `Environmental Alarm`, `ENVIRONMENTAL_ALARM` and `environmentalAlarm` are one word.
 *
 * @source standards §1.3, *Words*
 */
export const bare = (word: string): string => word.toLowerCase().replace(/[ _-]/g, '');

/** Looks a word up in a closed list, however it is written; `undefined` for a word that the list does not hold. */
export function wordOf<Word extends string>(
  list: readonly Word[],
  written: string,
): Word | undefined {
  const sought = bare(written);
  return list.find((word) => bare(word) === sought);
}
