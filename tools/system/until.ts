/**
 * Asks again and again until there is an answer.
 *
 * @throws Error that says what was waited for
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  withinMs = 90_000,
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end)
      throw new Error(`Waited ${withinMs / 1_000} s in vain for: ${what}.`);
    await new Promise((go) => setTimeout(go, 200));
  }
}
