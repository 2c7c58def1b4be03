import { Option, type Command } from 'commander';
import type { UpdateIncidentBody } from '@varde/contracts';
import { toIso, type Instant } from '@varde/kernel';
import { listed } from '../arguments';
import { wrongUse } from '../exit';
import { json, together } from '../help';

/** What a person can say of an incident, as options. */
export interface Facts {
  readonly kind?: string;
  readonly started?: string;
  readonly aware?: string;
  readonly areas?: string[];
  readonly elements?: string[];
  readonly estimate?: string;
  readonly nextUpdate?: string;
  readonly cause?: string;
  readonly confirmed?: string[];
  readonly emergencyCalls?: string;
  readonly malicious?: string;
  readonly crossBorder?: string;
  readonly note?: string;
  readonly window?: string;
  readonly severity?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

const listOption = (flags: string, description = ''): Option =>
  new Option(flags, description).argParser(listed);

/** Gives a command the options of {@link Facts}. */
export function withFacts(command: Command): Command {
  command.option('--kind <kind>', 'outage, degradation, security or planned');
  together(
    command,
    new Option('--started <time>', 'when it began and when we knew, with the offset'),
    new Option('--aware <time>'),
  );
  together(
    command,
    listOption('--areas <list>', 'area codes, element ids; each with all below it'),
    listOption('--elements <list>'),
  );
  together(
    command,
    new Option('--estimate <time>', 'when service and when our next word is due; or none'),
    new Option('--next-update <time>'),
  );
  command
    .option('--cause <code>', 'suspected, until it is confirmed; or none')
    .addOption(listOption('--confirmed <list>', 'cause, estimate: stated as facts'))
    .option('--emergency-calls <word>', 'affected, notAffected or unknown');
  together(
    command,
    new Option('--malicious <word>', 'yes, no or unknown'),
    new Option('--cross-border <word>'),
  );
  command
    .option('--note <text>', 'for colleagues, in no text; or none')
    .option('--window <from/to>', 'of planned works: two times and a slash; or none');
  return together(
    command,
    new Option('--severity <word>', 'in place of the derived one, and why'),
    new Option('--reason <text>'),
  ).option('--json', json.one);
}

/**
 * What was said, in the shape of the API. What was not said is absent and stays as it is.
 *
 * @throws CommandFailed wrong use: a severity without a reason, a confirmation of nothing, a window without both ends
 * @source UX-11
 */
export function changesOf(facts: Facts): UpdateIncidentBody {
  return {
    ...said('kind', facts.kind as 'outage' | undefined),
    ...said('startedAt', facts.started),
    ...said('awareAt', facts.aware),
    ...said('areas', facts.areas),
    ...said('elements', facts.elements),
    ...estimateOf(facts),
    ...causeOf(facts),
    ...said('emergencyCalls', facts.emergencyCalls as 'affected' | undefined),
    ...said('malicious', facts.malicious as 'yes' | undefined),
    ...said('crossBorder', facts.crossBorder as 'yes' | undefined),
    ...said('nextUpdateBy', orNone(facts.nextUpdate)),
    ...said('note', orNone(facts.note)),
    ...said('window', windowOf(facts)),
    ...severityOf(facts),
  };
}

/**
 * When what is raised began: planned works begin with their window, anything else began now, unless it is said.
 *
 * @throws CommandFailed wrong use: planned works without a window
 */
export function startOf(facts: Facts, now: Instant): string {
  if (facts.kind !== 'planned') return facts.started ?? toIso(now);
  const window = windowOf(facts);
  if (window) return facts.started ?? window.from;
  throw wrongUse(
    '--kind planned needs --window, from when to when: 2026-11-26T01:00:00+01:00/2026-11-26T04:00:00+01:00',
  );
}

type Body = UpdateIncidentBody;

const said = <Key extends keyof Body>(key: Key, value: Body[Key]): Pick<Body, Key> | object =>
  value === undefined ? {} : { [key]: value };

// The word that withdraws what was said before.
const orNone = (text: string | undefined): string | null | undefined =>
  text === 'none' ? null : text;

function windowOf({ window }: Facts): UpdateIncidentBody['window'] {
  const said = orNone(window);
  if (typeof said !== 'string') return said;
  const [from, to, ...rest] = said.split('/');
  if (from && to && rest.length === 0) return { from, to };
  throw wrongUse(
    '--window takes two times with a slash between them: 2026-11-26T01:00:00+01:00/2026-11-26T04:00:00+01:00',
  );
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
  if (facts.cause === 'none') return { cause: { status: 'unknown' } };
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
