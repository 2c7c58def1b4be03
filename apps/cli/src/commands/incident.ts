import { Option, type Command } from 'commander';
import {
  incidentFilter,
  incidentView,
  mergeIncident,
  raiseIncident,
  resolveIncident,
  updateIncident,
  withReason,
  type IncidentList,
  type IncidentView,
  type ShownIncidentView,
} from '@varde/contracts';
import { systemClock } from '@varde/platform-time';
import { asked, listed, query } from '../arguments';
import type { Context } from '../context';
import { wrongUse } from '../exit';
import { json, noun, together, verb } from '../help';
import { publishFile } from '../machine-room/publish';
import { changesOf, startOf, withFacts, type Facts } from './incident-facts';
import { changedLine, incidentLines, incidentTable } from './incident-words';

interface Raise extends Facts {
  readonly mode: string;
  readonly country: string;
  readonly services: string[];
  readonly reference?: string;
  readonly alarms?: string[];
}

/** `varde incident …` */
export function incidentCommands(program: Command, context: Context): void {
  const incident = noun(
    program,
    'incident',
    'what is wrong with the network, and whom it hits',
    'varde incident raise --mode ACTUAL --country NO --services mobile-voice --areas NO-4601',
  );
  raise(incident, context);
  change(incident, context);
  end(incident, context);
  look(incident, context);
  verb(
    incident,
    'publish <file>',
    'publish a network system’s file, byte for byte',
    'varde incident publish alarm.json --source /nms/no/ran-east',
  )
    .option('--source <id>', 'registered source; without it the shape of the file tells')
    .addOption(
      new Option('--mode <mode>', 'where the file is put into a CloudEvent')
        .choices(raiseIncident.shape.mode.options)
        .default('ACTUAL'),
    )
    .option('--json', json.one)
    .action((file: string, flags: { source?: string; mode: string; json?: boolean }) =>
      publishFile(context, file, flags),
    );
}

function raise(incident: Command, context: Context): void {
  const command = together(
    verb(
      incident,
      'raise',
      'raise an incident; a policy may tell critical customers at once',
      'varde incident raise --mode ACTUAL --country NO --services mobile-voice --areas NO-4601',
    ),
    new Option(
      '--mode <mode>',
      'ACTUAL, EXERCISE or TEST; NO, SE or DK; no default',
    ).makeOptionMandatory(),
    new Option('--country <code>').makeOptionMandatory(),
  );
  withFacts(
    command
      .requiredOption('--services <list>', 'such as mobile-voice,mobile-data', listed)
      .option('--reference <text>', 'your name for it: a repeat answers the same one')
      .option('--alarms <list>', 'ids of alarms that belong to it', listed),
  ).action(async (flags: Raise) => {
    const body = asked(raiseIncident, {
      ...changesOf(flags),
      startedAt: startOf(flags, systemClock.now()),
      mode: flags.mode as 'ACTUAL',
      country: flags.country as 'NO',
      services: flags.services as ['mobile-voice'],
      ...(flags.reference !== undefined && { reference: flags.reference }),
      ...(flags.alarms && { alarms: flags.alarms }),
    });
    tell(context, flags.json, await context.post<IncidentView>('/incidents', body));
  });
}

function change(incident: Command, context: Context): void {
  withFacts(
    verb(
      incident,
      'update <id>',
      'change an incident; what is left out stays as it is',
      'varde incident update NO-2026-0017 --estimate 2026-11-25T18:00:00+01:00',
    )
      .option('--services <list>', 'such as mobile-voice,mobile-data', listed)
      .option('--phase <phase>', 'inProgress, held or pending'),
  ).action(async (id: string, flags: Facts & { services?: string[]; phase?: string }) => {
    const body = asked(updateIncident, {
      ...changesOf(flags),
      ...(flags.services && { services: flags.services as ['mobile-voice'] }),
      ...(flags.phase !== undefined && { phase: flags.phase as 'held' }),
    });
    tell(context, flags.json, await context.post<IncidentView>(`${at(id)}/update`, body));
  });
}

const endings = [
  ['resolve', 'service is back: whoever was told hears of the end', resolveIncident],
  ['cancel', 'it was no incident after all', withReason],
  ['reopen', 'it is not over after all', withReason],
] as const;

interface End {
  readonly reason?: string;
  readonly restored?: string;
  readonly json?: boolean;
}

function end(incident: Command, context: Context): void {
  for (const [act, what, schema] of endings) {
    const command = verb(
      incident,
      `${act} <id>`,
      what,
      `varde incident ${act} NO-2026-0017 --reason "Measured on site"`,
    );
    if (act === 'resolve') command.option('--restored <time>', 'when it was; now, unless said');
    command
      .option('--reason <text>', 'why, in one sentence')
      .option('--json', json.one)
      .action(async (id: string, { reason, restored, json: asJson }: End) => {
        const body = asked<typeof resolveIncident | typeof withReason>(schema, {
          ...(reason !== undefined && { reason }),
          ...(restored !== undefined && { restoredAt: restored }),
        });
        tell(context, asJson, await context.post<IncidentView>(`${at(id)}/${act}`, body));
      });
  }
  verb(
    incident,
    'merge <id>',
    'the incident goes on in another one',
    'varde incident merge NO-2026-0018 --into NO-2026-0017 --reason "One cable"',
  )
    .requiredOption('--into <id>', 'id or number of the one that goes on')
    .requiredOption('--reason <text>', 'why, in one sentence')
    .option('--json', json.one)
    .action(async (id: string, flags: { into: string; reason: string; json?: boolean }) => {
      const body = asked(mergeIncident, { into: flags.into, reason: flags.reason });
      tell(context, flags.json, await context.post<IncidentView>(`${at(id)}/merge`, body));
    });
}

const phases = incidentView.shape.phase.options;

interface ListFlags {
  readonly country?: string;
  readonly mode?: string;
  readonly phase?: string[];
  readonly limit?: string;
  readonly json?: boolean;
}

function look(incident: Command, context: Context): void {
  verb(incident, 'list', 'incidents, newest first', 'varde incident list --country NO')
    .option('--country <code>', 'NO, SE or DK')
    .option('--mode <mode>', 'ACTUAL, EXERCISE or TEST')
    .option('--phase <list>', 'such as acknowledged,inProgress', listed)
    .option('--limit <n>', 'at most so many; 50 unless said')
    .option('--json', json.lines)
    .action(async ({ json: asJson, phase = [], ...filter }: ListFlags) => {
      const unknown = phase.find((one) => !(phases as readonly string[]).includes(one));
      if (unknown !== undefined)
        throw wrongUse(`--phase takes ${phases.join(', ')}, not ${unknown}.`);
      asked(incidentFilter, filter as object);
      const { incidents } = await context.get<IncidentList>(
        `/incidents${query({ ...filter, phase })}`,
      );
      context.list(asJson, incidents, incidentTable(incidents));
    });
  verb(
    incident,
    'show <id>',
    'an incident, whom it hits, and what happened',
    'varde incident show NO-2026-0017',
  )
    .option('--json', json.one)
    .action(async (id: string, flags: { json?: boolean }) => {
      const shown = await context.get<ShownIncidentView>(at(id));
      context.answer(flags.json, shown, incidentLines(shown));
    });
}

const at = (id: string): string => `/incidents/${encodeURIComponent(id)}`;

const tell = (context: Context, asJson: boolean | undefined, incident: IncidentView): void =>
  context.answer(asJson, incident, changedLine(incident));
