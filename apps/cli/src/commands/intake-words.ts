import type { IntakeStatus } from '@varde/contracts';
import { counted, localTime, table } from '../words';

type Gap = IntakeStatus['gaps'][number];

/** How the intake stands, as people read it. */
export function statusLines(status: IntakeStatus): string[] {
  return [
    ...table([
      ['consumer', 'topic', 'partition', 'next', 'behind', 'moved'],
      ...status.offsets.map((one) => [
        one.consumer,
        one.topic,
        String(one.partition),
        one.nextOffset,
        one.lag === null ? 'not known' : String(one.lag),
        localTime(one.movedAt),
      ]),
    ]),
    ...status.gaps.map((gap) => gapLine(gap, isHeld(status, gap))),
    `${counted(status.deadLettersOpen, 'dead letter')}, ${counted(status.reportsWaiting, 'report')} waiting for their raise, ${counted(status.factsFailed, 'failed fact')}, ${counted(status.gaps.length, 'gap')}.`,
  ];
}

function gapLine(gap: Gap, held: boolean): string {
  const where = `GAP on ${gap.topic} partition ${gap.partition}`;
  const noticed = `(${gap.consumer}, ${localTime(gap.noticedAt)})`;
  if (!isShorter(gap))
    return `${where}: ${gap.expectedOffset} to ${gap.lowWaterMark} were gone before we had them ${noticed}.`;
  const whatNow = held
    ? 'It is HELD: nothing of it is read until somebody decides. See docs/guides/runbook.md.'
    : 'Its place has moved since.';
  return `${where}: the topic was made anew, its log ends before ${gap.expectedOffset}, our place ${noticed}. ${whatNow}`;
}

// A log that begins at or before our place has lost nothing that we still wanted: it ends before it, so it is another log.
const isShorter = ({ lowWaterMark, expectedOffset }: Gap): boolean =>
  BigInt(lowWaterMark) <= BigInt(expectedOffset);

// A gap stays in the list for good: held is the one whose place has not moved since.
const isHeld = ({ offsets }: IntakeStatus, gap: Gap): boolean =>
  offsets.some(
    (one) =>
      one.consumer === gap.consumer &&
      one.topic === gap.topic &&
      one.partition === gap.partition &&
      one.nextOffset === gap.expectedOffset &&
      Date.parse(one.movedAt) <= Date.parse(gap.noticedAt),
  );
