import { Refusal } from '@varde/kernel';
import { flags as flagOrder, type Flag } from '../vocabulary';
import type { Fields } from './fields';
import type { IntakePart, RefusedPart } from './record';
import { reasonOf } from './refuse';
import type { JsonObject } from './strict-json';

/** Who an event says it is, as far as it has been read: a dead letter names it even when the rest is broken. */
export interface Identity {
  sourceId?: string | undefined;
  eventId?: string | undefined;
}

/** An object at the root of an event, about to be read. */
export const reading = (members: JsonObject, flags: Set<Flag>, path = ''): Fields => ({
  members,
  path,
  flags,
});

/** Flags in the order of the vocabulary, so that the same event gives the same list. */
export const flagged = (found: ReadonlySet<Flag>): readonly Flag[] =>
  flagOrder.filter((flag) => found.has(flag));

/** Reads a part, or several; what refuses them becomes one dead letter and touches no other part. Only a bug still throws. */
export function attempt(
  read: (identity: Identity) => readonly IntakePart[],
  part = 0,
): readonly IntakePart[] {
  const identity: Identity = {};
  try {
    return read(identity);
  } catch (error) {
    const reason = error instanceof Refusal ? reasonOf(error) : undefined;
    if (reason === undefined || !(error instanceof Error)) throw error;
    return [refused(part, identity, reason, error.message)];
  }
}

// PostgreSQL cannot hold U+0000, and an id over the bound is no id: neither may stop the dead letter that names it.
const isName = (text: string | undefined): text is string =>
  text !== undefined && text !== '' && text.length <= 512 && !text.includes('\u0000');

function refused(
  part: number,
  { sourceId, eventId }: Identity,
  reason: RefusedPart['reason'],
  detail: string,
): RefusedPart {
  return {
    kind: 'refused',
    part,
    ...(isName(sourceId) ? { sourceId } : {}),
    ...(isName(eventId) ? { eventId } : {}),
    reason,
    detail,
  };
}
