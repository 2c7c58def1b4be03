import type { DispatchList } from '@varde/contracts';
import type { Scene } from './scene';
import { grouped } from './teller';
import { until } from '../system/until';

/** Waits until no row is open any more, and the receipts are in. */
export async function settled({ noc, tell }: Scene, incidentId: string): Promise<void> {
  let said = 0;
  await until(
    'all rows to end',
    async () => {
      const { dispatches } = await noc.get<DispatchList>(`/dispatches?incident=${incidentId}`);
      const states = dispatches.flatMap((one) => one.lanes).map((lane) => lane.states);
      const sum = (...names: ('pending' | 'sending' | 'accepted' | 'delivered')[]): number =>
        states.reduce((all, one) => all + names.reduce((n, name) => n + (one[name] ?? 0), 0), 0);
      const open = sum('pending', 'sending');
      const planned = dispatches.reduce((all, one) => all + one.plannedCount, 0);
      if (performance.now() - said > 2_000) {
        said = performance.now();
        tell.line(
          `${grouped(planned)} planned · ${grouped(open)} waiting or on their way · ${grouped(sum('accepted'))} sent · ${grouped(sum('delivered'))} delivered`,
        );
      }
      return open === 0 && dispatches.every((one) => one.isPlanned) && dispatches.length > 0;
    },
    600_000,
  );
}
