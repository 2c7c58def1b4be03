/** Which part of a list is asked for. */
export interface PageOf {
  readonly to: string | undefined;
  readonly page: number;
  readonly pageSize: number;
}
