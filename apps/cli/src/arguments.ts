import { InvalidArgumentError } from 'commander';
import type { z } from 'zod';
import { fieldFaultsOf } from '@varde/contracts';
import { wrongUse } from './exit';
import { typedNumber } from './words';

/** An option that is a whole number; grouping signs are taken. @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  const n = typedNumber(text);
  if (n === undefined) throw new InvalidArgumentError('It is a whole number, such as 50000.');
  return n;
}

/** An option that is a list: `mobile-voice,mobile-data`. @throws InvalidArgumentError */
export function listed(text: string): string[] {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length === 0) throw new InvalidArgumentError('It is a list with commas, such as a,b.');
  return parts;
}

/**
 * A body as the API's contract wants it, so that a slip of the hand is told before anything is asked of anybody.
 *
 * @throws CommandFailed wrong use, naming the field
 */
export function asked<Schema extends z.ZodType>(schema: Schema, body: z.input<Schema>): object {
  const parsed = schema.safeParse(body);
  if (parsed.success) return body as object;
  const told = fieldFaultsOf(parsed.error.issues, body).map(
    ({ field, says }) => `${field === '' ? '' : `${field}: `}${says}`,
  );
  throw wrongUse(told.join('\n'));
}

/** The parts of an address after `?`; what is not said is left out, a list repeats its name. */
export function query(
  parts: Readonly<Record<string, string | readonly string[] | undefined>>,
): string {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(parts))
    for (const one of [value ?? []].flat()) if (one !== '') said.append(name, one);
  return said.size === 0 ? '' : `?${said.toString()}`;
}
