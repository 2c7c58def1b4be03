import type { Command } from 'commander';
import type { UpdateIncidentBody } from '@varde/contracts';
import { listed } from '../arguments';
import { wrongUse } from '../exit';
import { json } from '../help';

/** What a person can say of an incident, as options. */
export interface Facts {
  readonly kind?: string;
  readonly started?: string;
  readonly areas?: string[];
  readonly elements?: string[];
  readonly estimate?: string;
  readonly cause?: string;
  readonly confirmed?: string[];
  readonly emergencyCalls?: string;
  readonly nextUpdate?: string;
  readonly severity?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

/** Gives a command the options of {@link Facts}. */
export const withFacts = (command: Command): Command =>
  command
    .option('--kind <kind>', 'outage, degradation, security or planned')
    .option('--started <time>', 'when it began, such as 2026-11-25T03:12:00+01:00')
    .option('--areas <list>', 'area codes; a country’s code is all of it', listed)
    .option('--elements <list>', 'element ids; hit with all below them', listed)
    .option('--estimate <time>', 'when service is expected back; or none')
    .option('--cause <code>', 'suspected, until it is confirmed')
    .option('--confirmed <list>', 'cause, estimate: stated as facts', listed)
    .option('--emergency-calls <word>', 'affected, notAffected or unknown')
    .option('--next-update <time>', 'when the public hears again')
    .option('--severity <word>', 'in place of the derived one; needs --reason')
    .option('--reason <text>', 'why this severity')
    .option('--json', json.one);

/**
 * What was said, in the shape of the API. What was not said is absent and stays as it is.
 *
 * @throws CommandFailed wrong use: a severity without a reason, a confirmation of nothing
 * @source UX-11
 */
export function changesOf(facts: Facts): UpdateIncidentBody {
  return {
    ...(facts.kind !== undefined && { kind: facts.kind as 'outage' }),
    ...(facts.started !== undefined && { startedAt: facts.started }),
    ...(facts.areas && { areas: facts.areas }),
    ...(facts.elements && { elements: facts.elements }),
    ...estimateOf(facts),
    ...causeOf(facts),
    ...(facts.emergencyCalls !== undefined && {
      emergencyCalls: facts.emergencyCalls as 'affected',
    }),
    ...(facts.nextUpdate !== undefined && { nextUpdateBy: facts.nextUpdate }),
    ...severityOf(facts),
  };
}

function estimateOf(facts: Facts): Pick<UpdateIncidentBody, 'estimate'> {
  const isConfirmed = confirms(facts, 'estimate');
  if (facts.estimate === undefined) return {};
  if (facts.estimate === 'none') return { estimate: { status: 'none' } };
  return {
    estimate: { status: isConfirmed ? 'confirmed' : 'estimated', restoreBy: facts.estimate },
  };
}

function causeOf(facts: Facts): Pick<UpdateIncidentBody, 'cause'> {
  const isConfirmed = confirms(facts, 'cause');
  if (facts.cause === undefined) return {};
  return { cause: { status: isConfirmed ? 'confirmed' : 'suspected', code: facts.cause } };
}

function severityOf(facts: Facts): Pick<UpdateIncidentBody, 'severity'> {
  if (facts.severity === undefined) return {};
  if (facts.reason === undefined)
    throw wrongUse('--severity needs --reason: why not what the figures say?');
  return { severity: { severity: facts.severity as 'critical', reason: facts.reason } };
}

function confirms(facts: Facts, fact: 'cause' | 'estimate'): boolean {
  const unknown = facts.confirmed?.find((one) => one !== 'cause' && one !== 'estimate');
  if (unknown !== undefined)
    throw wrongUse(`--confirmed takes cause and estimate, not ${unknown}.`);
  if (facts.confirmed?.includes(fact) !== true) return false;
  if (facts[fact] !== undefined && facts[fact] !== 'none') return true;
  throw wrongUse(`--confirmed ${fact} needs the fact itself: --${fact} …`);
}
