import type { Command } from 'commander';
import type { IncidentList, IncidentView, ShownIncidentView } from '@varde/contracts';
import { toIso } from '@varde/kernel';
import { systemClock } from '@varde/platform-time';
import type { Context } from '../context';
import { wrongUse } from '../exit';
import { publishFile } from './machine-room';
import { grouped, table } from './words';

interface Facts {
  readonly json?: boolean;
  readonly services?: string;
  readonly areas?: string;
  readonly elements?: string;
  readonly estimate?: string;
  readonly confirmedEstimate?: boolean;
  readonly nextUpdate?: string;
  readonly severity?: string;
  readonly reason?: string;
}

const list = (text: string | undefined): string[] | undefined =>
  text
    ?.split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/** What a person says of an incident, in the shape of the API. */
const bodyOf = (facts: Facts): object => ({
  ...(facts.services !== undefined && { services: list(facts.services) }),
  ...(facts.areas !== undefined && { areas: list(facts.areas) }),
  ...(facts.elements !== undefined && { elements: list(facts.elements) }),
  ...(facts.estimate !== undefined && {
    estimate:
      facts.estimate === 'none'
        ? { status: 'none' }
        : {
            status: facts.confirmedEstimate ? 'confirmed' : 'estimated',
            restoreBy: facts.estimate,
          },
  }),
  ...(facts.nextUpdate !== undefined && { nextUpdateBy: facts.nextUpdate }),
  ...(facts.severity !== undefined && {
    severity: { severity: facts.severity, reason: facts.reason ?? '' },
  }),
});

const withFacts = (command: Command): Command =>
  command
    .option('--services <list>', 'such as mobile-voice,mobile-data')
    .option('--areas <list>', 'area codes; a country’s code is the whole of it')
    .option('--elements <list>', 'element ids')
    .option('--estimate <time>', 'when service is expected back, ISO 8601; or none')
    .option('--confirmed-estimate', 'the estimate is confirmed')
    .option('--next-update <time>', 'when the public hears again, ISO 8601')
    .option(
      '--severity <word>',
      'critical, major or minor, in place of the derived one; needs --reason',
    )
    .option('--reason <text>', 'why')
    .option('--json', 'answer with one document');

/** `varde incident …` */
export function incidentCommands(program: Command, context: Context): void {
  const incident = program
    .command('incident')
    .description(
      'Example: varde incident raise --mode ACTUAL --country NO --services mobile-voice --areas NO-4601',
    );
  incident
    .command('publish <file>')
    .description('publish a file of a network system on Kafka, byte for byte')
    .option('--source <id>', 'registered source; without it the shape of the file tells')
    .option('--json', 'answer with one document')
    .action((file: string, flags: { source?: string; json?: boolean }) =>
      publishFile(context, file, flags),
    );
  withFacts(incident.command('raise').description('raise an incident; the mode has no default'))
    .requiredOption('--mode <mode>', 'ACTUAL, EXERCISE or TEST')
    .requiredOption('--country <code>', 'NO, SE or DK')
    .option('--kind <kind>', 'outage, degradation, security or planned', 'outage')
    .option('--started <time>', 'when it began, ISO 8601; default now')
    .option('--reference <text>', 'your own name for it: a repeat answers the same incident')
    .action(
      async (
        flags: Facts & {
          mode: string;
          country: string;
          kind: string;
          started?: string;
          reference?: string;
        },
      ) => {
        if (flags.services === undefined)
          throw wrongUse('Say which services are hit: --services mobile-voice,mobile-data');
        tell(
          context,
          flags.json,
          await context.post<IncidentView>('/incidents', {
            mode: flags.mode,
            country: flags.country,
            kind: flags.kind,
            startedAt: flags.started ?? now(),
            ...(flags.reference !== undefined && { reference: flags.reference }),
            ...bodyOf(flags),
          }),
        );
      },
    );
  withFacts(
    incident.command('update <id>').description('change an incident; what is left out stays'),
  ).action(async (id: string, flags: Facts) =>
    tell(
      context,
      flags.json,
      await context.post<IncidentView>(`/incidents/${id}/update`, bodyOf(flags)),
    ),
  );
  for (const act of ['resolve', 'cancel', 'reopen'] as const) {
    incident
      .command(`${act} <id>`)
      .description(
        { resolve: 'service is back', cancel: 'it was none', reopen: 'it is not over after all' }[
          act
        ],
      )
      .option('--reason <text>', 'why')
      .option('--json', 'answer with one document')
      .action(async (id: string, flags: Facts) =>
        tell(
          context,
          flags.json,
          await context.post<IncidentView>(
            `/incidents/${id}/${act}`,
            flags.reason === undefined ? {} : { reason: flags.reason },
          ),
        ),
      );
  }
  incident
    .command('merge <id>')
    .description('the incident goes on in another one')
    .requiredOption('--into <id>', 'id or number of the other')
    .requiredOption('--reason <text>', 'why')
    .option('--json', 'answer with one document')
    .action(async (id: string, flags: { into: string; reason: string; json?: boolean }) =>
      tell(
        context,
        flags.json,
        await context.post<IncidentView>(`/incidents/${id}/merge`, {
          into: flags.into,
          reason: flags.reason,
        }),
      ),
    );
  incident
    .command('list')
    .description('incidents, newest first')
    .option('--country <code>', 'NO, SE or DK')
    .option('--phase <list>', 'such as acknowledged,inProgress')
    .option('--json', 'one line per incident')
    .action(async (flags: { country?: string; phase?: string; json?: boolean }) => {
      const query = new URLSearchParams({
        ...(flags.country && { country: flags.country }),
        ...(flags.phase && { phase: flags.phase }),
      });
      const { incidents } = await context.get<IncidentList>(`/incidents?${query.toString()}`);
      if (flags.json) return incidents.forEach((one) => context.answer(true, one, ''));
      context.answer(
        false,
        incidents,
        incidents.length === 0
          ? 'No incident. When the network reports one, it stands here.'
          : table([
              ['number', 'mode', 'severity', 'phase', 'since', 'services', 'where'],
              ...incidents.map((one) => [
                one.number,
                one.mode,
                one.severity.inForce,
                one.phase,
                one.startedAt,
                one.services.join(' '),
                [...one.areas, ...one.elements].slice(0, 3).join(' '),
              ]),
            ]),
      );
    });
  incident
    .command('show <id>')
    .description('an incident, whom it hits, and what happened')
    .option('--json', 'answer with one document')
    .action(async (id: string, flags: { json?: boolean }) => {
      const shown = await context.get<ShownIncidentView>(`/incidents/${id}`);
      context.answer(flags.json, shown, wordsOf(shown));
    });
}

const now = (): string => toIso(systemClock.now());

const tell = (context: Context, json: boolean | undefined, incident: IncidentView): void =>
  context.answer(
    json,
    incident,
    `${incident.number}: ${incident.phase}, ${incident.severity.inForce}, version ${incident.version}.`,
  );

function wordsOf({ incident, audience, timeline }: ShownIncidentView): string[] {
  return [
    `${incident.number}  ${incident.mode}  ${incident.severity.inForce}  ${incident.phase}`,
    `since ${incident.startedAt}; ${incident.services.join(', ')}; ${[...incident.areas, ...incident.elements].join(', ')}`,
    ...incident.severity.reasons.map((reason) => `  because: ${reason}`),
    audience
      ? `${grouped(audience.reachableCount)} addresses can be told, ${grouped(audience.unreachableCount)} people cannot be told now`
      : 'Nobody has been found yet.',
    ...(audience?.unreachable ?? []).map(
      (entry) => `  class ${entry.class}, ${entry.reason}: ${grouped(entry.count)}`,
    ),
    'What happened:',
    ...timeline.map((line) => `  ${line.at}  ${line.type}`),
  ];
}
