import { moveGate, type GateList, type MovedGate, type ShownIncidentView } from '@varde/contracts';
import { GateService, type Gate } from '@varde/delivery-feature';
import { surelyLacks } from '@varde/platform-auth';
import type { Database } from '@varde/platform-database';
import { asked } from '../arguments';
import type { Context } from '../context';
import { CommandFailed, refused, wrongUse } from '../exit';
import { counted, grouped, localTime } from '../words';
import { behind, isMissing, type Behind } from './behind-a-gate';
import { anyWholeCountry, checkLive, countToType, reasonOf, type LiveFlags } from './typed-count';

/** Which gate is meant, and why. */
export interface GateFlags {
  readonly scope: string;
  readonly reason?: string;
  readonly json?: boolean;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const noReason = 'Halted from the command line.';

/**
 * Halts in the database under the gate's role, naming whoever is signed in on this machine. Needs nothing else and asks nobody;
 * what the API can add about it afterwards is added if it answers within seconds.
 *
 * @throws CommandFailed `right-missing` where the database is sure that this person may not
 * @source DL-7, S-7, S-39, UX-06
 */
export async function halt(
  context: Context,
  id: string | undefined,
  flags: GateFlags,
): Promise<void> {
  const { reason, ...gate } = await gateOf(context, id, flags, flags.reason ?? noReason);
  const me = context.me();
  await context.withDatabase('gate', async (database) => {
    if (await mayNotHalt(database, me.personId)) throw noRight(me.name);
    await new GateService(database).halt(gate, me.personId, reason);
  });
  context.progress('The gate is shut.'); // told at once, before anything that may take seconds
  const seen = await context.glimpse(() => behind(context, gate));
  if (seen && (await context.glimpse(() => isMissing(context, gate))))
    context.progress(`You can see no ${nameOf(gate)}: the halt stands, but check the id.`);
  context.answer(
    flags.json,
    { ...gate, isHalted: true, isReleaseAsked: false, counts: seen?.counts ?? null },
    haltedLines(gate, me.name, seen),
  );
}

// A brake that cannot read who may use it brakes: only a sure no holds somebody up.
const mayNotHalt = (database: Database, personId: string): Promise<boolean> =>
  database.transaction((tx) => surelyLacks(tx, personId, 'dispatch.halt')).catch(() => false);

const noRight = (name: string): CommandFailed =>
  refused(
    'right-missing',
    `${name} has no right to halt. Nothing was done; ask the operations centre, at once.`,
  );

function haltedLines(gate: Gate, by: string, seen: Behind | undefined): string[] {
  const which = argumentsOf(gate);
  return [
    `Halted: ${nameOf(gate)}, by ${by}. Nothing more leaves.`,
    seen
      ? `${grouped(seen.left)} had left, ${grouped(seen.unknown)} are unknown, ${grouped(seen.waiting)} wait.`
      : 'How much had left, the API cannot tell at the moment.',
    `To open it again: varde dispatch ask-release ${which} --reason "…"`,
    `then another person: varde dispatch release ${which} --live --reason "…"`,
  ];
}

/** Asks that another person opens it again. */
export async function askRelease(
  context: Context,
  id: string | undefined,
  flags: GateFlags,
): Promise<void> {
  const body = await gateOf(context, id, flags, flags.reason ?? '');
  const moved = await context.post<MovedGate>('/gates/ask-release', body);
  context.answer(
    flags.json,
    moved,
    `Asked. Another person opens it within 15 minutes: varde dispatch release ${argumentsOf(body)} --live --reason "…"`,
  );
}

/** Opens it again, by another person than the one who asked. It lets messages go, so it is a dry run without `--live`. */
export async function release(
  context: Context,
  id: string | undefined,
  flags: GateFlags & LiveFlags,
): Promise<void> {
  if (flags.live) reasonOf(flags);
  const gate = await gateOf(context, id, flags, flags.reason ?? noReason);
  const seen = await behind(context, gate);
  const toType = countToType(seen.waiting, await anyWholeCountry(context, seen.incidentIds));
  if (!flags.live) return tellWhatWouldHappen(context, gate, seen, toType, flags);
  const body = { ...gate, reason: checkLive(flags, toType) };
  const moved = await context.postFresh<MovedGate>('/gates/release', body);
  context.answer(flags.json, moved, [`Open: ${nameOf(gate)}.`, whatGoes(seen)]);
}

const whatGoes = ({ waiting, otherHalts }: Behind): string =>
  otherHalts.length === 0
    ? `${counted(waiting, 'recipient')} that waited may be reached.`
    : `What waits is still halted by ${otherHalts.map(nameOf).join(' and ')}.`;

async function tellWhatWouldHappen(
  context: Context,
  gate: Gate,
  seen: Behind,
  toType: number | undefined,
  flags: LiveFlags,
): Promise<void> {
  const { gates } = await context.get<GateList>('/gates');
  const found = gates.find((one) => one.scope === gate.scope && one.id === gate.id);
  const confirm = toType === undefined ? '' : ` --confirm ${grouped(toType)}`;
  context.answer(
    flags.json,
    {
      dryRun: true,
      scope: gate.scope,
      id: gate.id,
      isHalted: found !== undefined,
      waiting: seen.waiting,
      confirm: toType ?? null,
    },
    [
      `This would open ${nameOf(gate)}, behind which ${counted(seen.waiting, 'recipient')} wait.`,
      askedLine(found),
      ...(seen.otherHalts.length > 0 ? [whatGoes(seen)] : []),
      'Nothing was done. To do it:',
      `  varde dispatch release ${argumentsOf(gate)} --live --reason "…"${confirm}`,
    ],
  );
}

function askedLine(found: GateList['gates'][number] | undefined): string {
  if (!found) return 'It is not halted, so it would be refused.';
  if (found.releaseAskedAt === null) return 'Nobody has asked for it yet, so it would be refused.';
  return `It was asked for at ${localTime(found.releaseAskedAt)}.`;
}

/** @throws CommandFailed wrong use: no such scope, no id, an id of another kind */
async function gateOf(
  context: Context,
  id: string | undefined,
  { scope }: GateFlags,
  reason: string,
): Promise<Gate & { reason: string }> {
  if (scope !== 'all' && id === undefined)
    throw wrongUse(`Say which ${scope}: its id, or --scope all for everything.`);
  const found = scope === 'incident' && id !== undefined ? await incidentIdOf(context, id) : id;
  return asked(moveGate, {
    scope: scope as Gate['scope'],
    id: scope === 'all' ? '*' : (found ?? ''),
    reason,
  }) as Gate & { reason: string };
}

// Under its number an incident is known to the API alone; the brake must not wait for it longer than a glimpse.
async function incidentIdOf(context: Context, idOrNumber: string): Promise<string> {
  if (uuid.test(idOrNumber)) return idOrNumber;
  const shown = await context.glimpse(() =>
    context.get<ShownIncidentView>(`/incidents/${encodeURIComponent(idOrNumber)}`),
  );
  if (shown) return shown.incident.incidentId;
  throw wrongUse(
    `${idOrNumber} cannot be looked up. Give the incident’s id, or stop everything: varde dispatch halt --scope all`,
  );
}

const nameOf = ({ scope, id }: Gate): string => (scope === 'all' ? 'everything' : `${scope} ${id}`);

const argumentsOf = ({ scope, id }: Gate): string =>
  scope === 'all' ? '--scope all' : scope === 'dispatch' ? id : `${id} --scope ${scope}`;
