/** Stops the system that the stories ran on. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.vardeSystem?.stop();
}
