import type { CauseGroup } from '../vocabulary';
import { bare } from './words';

/**
 * The probable causes of which we say more than "technical fault". The list of causes is open (X.733, 3GPP, RFC 8632):
 * any other belongs to `technical`.
 *
 * @source standards §1.5, cause groups
 */
export const causesByGroup = {
  power: ['powerProblem', 'pumpFailure', 'heatingVentCoolingSystemProblem'],
  transmission: [
    'lossOfSignal',
    'lossOfFrame',
    'degradedSignal',
    'framingError',
    'transmitFailure',
    'receiveFailure',
    'remoteNodeTransmissionError',
  ],
  equipment: ['equipmentMalfunction', 'processorProblem', 'multiplexerProblem'],
  software: [
    'softwareError',
    'softwareProgramAbnormallyTerminated',
    'configurationOrCustomizationError',
    'versionMismatch',
  ],
  capacity: ['congestion', 'resourceAtOrNearingCapacity', 'queueSizeExceeded', 'thresholdCrossed'],
  environment: ['fireDetected', 'floodDetected', 'leakDetected'],
  technical: [],
} as const satisfies Record<CauseGroup, readonly string[]>;

const groupOfCause: ReadonlyMap<string, CauseGroup> = new Map(
  Object.entries(causesByGroup).flatMap(([group, causes]) =>
    causes.map((cause) => [bare(cause), group as CauseGroup] as const),
  ),
);

/**
 * The group of a probable cause, in any spelling; total.
 *
 * @param cause  a word, or the number of a vendor
 * @param numbers  what the vendor's numbers mean, by their digits; without it a number is `technical`
 */
export function causeGroup(
  cause: string | number,
  numbers: Readonly<Record<string, string>> = {},
): CauseGroup {
  const digits = String(cause);
  const word =
    typeof cause === 'number' && Object.hasOwn(numbers, digits) ? numbers[digits] : digits;
  return groupOfCause.get(bare(word ?? digits)) ?? 'technical';
}
