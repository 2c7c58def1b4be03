/** Takes one plain sentence for the person who waits: a step that begins, a port that differs, a process that ended. */
export type Report = (line: string) => void;

/** Says nothing: for tests, where only a failure is of interest. */
export const silent: Report = () => undefined;
