import { randomUUID } from 'node:crypto';
import {
  communicationEnv,
  communicationFacts,
  communicationSettings,
  OccasionService,
} from '@varde/communication-feature';
import type { AudienceResolved, IncidentFacts } from '@varde/contracts';
import type { Database } from '@varde/platform-database';
import { Outbox } from '@varde/platform-outbox';
import { systemClock } from '@varde/platform-time';
import { z } from 'zod';

const names = { 'NO-46': 'Vestland', 'SE-14': 'Västra Götaland', 'DK-85': 'Sjælland' } as const;

/** Drafts what an audience calls for, as the engine does. A repeat changes nothing. */
export async function draftFor(engine: Database, resolved: AudienceResolved): Promise<void> {
  const settings = communicationSettings(z.object(communicationEnv).parse({}));
  const occasions = new OccasionService(new Outbox('notify'), systemClock, settings);
  const envelope = { id: randomUUID(), type: '', source: '', subject: '', time: '', data: null };
  const facts = communicationFacts(occasions);
  await engine.unitOfWork('varde_communication', async (tx) => {
    await facts['audience.areas-named.v1']?.(
      tx,
      { areas: Object.entries(names).map(areaOf) },
      envelope,
    );
    await facts['audience.resolved.v1']?.(tx, resolved, envelope);
  });
}

/** A first audience: ten people of class 0, twenty of class 3, all by SMS in the country's language. */
export const resolvedOf = (incident: IncidentFacts): AudienceResolved => ({
  incident,
  occasion: 'hit',
  changed: [],
  snapshotId: randomUUID(),
  snapshotVersion: 1,
  namedAreas: incident.areas,
  counts: [countOf(incident, 0, 10), countOf(incident, 3, 20)],
  unreachable: [{ group: 'newly-hit', class: 3, reason: 'no-address', count: 2 }],
  hit: {
    subscriptions: 32,
    customers: 32,
    class0Out: 0,
    class0Partly: 1,
    class1: 0,
    wholeCounties: [],
  },
});

const languageOf = { NO: 'nb', SE: 'sv', DK: 'da' } as const;

/** So many people of a class. */
export const countOf = (
  { country }: Pick<IncidentFacts, 'country'>,
  recipientClass: number,
  count: number,
): AudienceResolved['counts'][number] => ({
  group: 'newly-hit',
  class: recipientClass,
  language: languageOf[country],
  channel: 'sms',
  country,
  count,
  exerciseCount: count,
});

const areaOf = ([code, name]: [string, string]): {
  code: string;
  parent: null;
  level: 'county';
  country: 'NO' | 'SE' | 'DK';
  names: { nb: string; sv: string; da: string };
  inNames: Record<string, string>;
} => ({
  code,
  parent: null,
  level: 'county',
  country: code.slice(0, 2) as 'NO' | 'SE' | 'DK',
  names: { nb: name, sv: name, da: name },
  inNames: {},
});
