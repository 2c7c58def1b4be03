/** A checked-in file that is made from the sources. */
export interface GeneratedFile {
  /** From the top of the repository. */
  readonly path: string;
  readonly text: string;
}

/** JSON as it is checked in. */
export const jsonFile = (path: string, content: unknown): GeneratedFile => ({
  path,
  text: `${JSON.stringify(content, null, 2)}\n`,
});
