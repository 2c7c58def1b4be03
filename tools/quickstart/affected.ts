import type { ShownIncidentView } from '@varde/contracts';
import type { Scene } from './scene';
import { grouped } from './teller';
import { until } from '../system/until';

const classWords = ['societally critical', 'SLA', 'business', 'private'];

/** Step 2. */
export async function showAffected(
  { tell, noc }: Scene,
  number: string,
): Promise<ShownIncidentView> {
  tell.step('2. Who is affected');
  const shown = await until('the audience', async () => {
    const found = await noc.get<ShownIncidentView>(`/incidents/${number}`);
    return (
      found.audience !== null &&
      found.incident.areas.length > 0 &&
      found.audience.snapshotVersion >= 2 &&
      found
    );
  });
  const { audience } = shown;
  if (!audience) throw new Error('No audience.');
  tell.line(
    `${grouped(audience.reachableCount)} addresses can be told, ${grouped(audience.unreachableCount)} people cannot be told now.`,
  );
  const sum = (key: 'channel' | 'language' | 'class'): [string, number][] => {
    const sums = new Map<string, number>();
    for (const entry of audience.counts) {
      const name =
        key === 'class' ? `${entry.class} ${classWords[entry.class] ?? ''}` : String(entry[key]);
      sums.set(name, (sums.get(name) ?? 0) + entry.count);
    }
    return [...sums].sort(([one], [other]) => one.localeCompare(other));
  };
  const words = (key: 'channel' | 'language' | 'class'): string =>
    sum(key)
      .map(([name, n]) => `${name} ${grouped(n)}`)
      .join(' · ');
  tell.line(`by channel: ${words('channel')}`);
  tell.line(`by language: ${words('language')}`);
  tell.line(`by class: ${words('class')}`);
  const reasons = new Map<string, number>();
  for (const entry of audience.unreachable)
    reasons.set(entry.reason, (reasons.get(entry.reason) ?? 0) + entry.count);
  tell.line(
    `not now, and why: ${[...reasons].map(([reason, n]) => `${reason} ${grouped(n)}`).join(' · ') || 'nobody'}`,
  );
  return shown;
}
