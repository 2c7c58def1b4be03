import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { approvalOf, refusalOf, story, type Scene } from './world/story';
import { aPhone } from './world/town';

/** The store of rights goes away: its table is there no longer, so that every question about a right is an error. */
async function withoutRights<T>(scene: Scene, work: (looking: Client) => Promise<T>): Promise<T> {
  const looking = new Client({ connectionString: scene.facts.urls.superuser });
  await looking.connect();
  try {
    await looking.query('alter table identity.person_role rename to person_role_away');
    try {
      return await work(looking);
    } finally {
      await looking.query('alter table identity.person_role_away rename to person_role');
    }
  } finally {
    await looking.end();
  }
}

/** The command line with the gate's role and nothing else: no API, no sign-in service. */
function varde(
  scene: Scene,
  home: string,
  args: readonly string[],
  change: object,
): Promise<number> {
  const main = join(__dirname, '../../dist/apps/cli/main.cjs');
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_STATE_HOME: home,
    VARDE_API_URL: scene.facts.api,
    VARDE_OIDC_ISSUER: scene.facts.issuer,
    VARDE_GATE_DATABASE_URL: scene.facts.urls.gate,
    ...change,
  };
  return new Promise((done) => {
    execFile(process.execPath, [main, ...args], { env }, (error) =>
      done(typeof error?.code === 'number' ? error.code : error ? 1 : 0),
    );
  });
}

story(
  'S-39: without the store of rights nobody approves or releases, and the halt still works from the command line',
  async (scene) => {
    const phone = aPhone();
    const town = await scene.town([{ id: 'one', phone }]);
    const { incidentId } = await scene.reports({ reference: 'BRAKE-1', areas: town.areas });
    const drafts = await scene.drafts(incidentId);
    for (const draft of drafts) await scene.author.post(`/messages/${draft.messageId}/submit`, {});
    const home = mkdtempSync(join(tmpdir(), 'varde-brake-'));
    const gate = { scope: 'incident', id: incidentId, reason: 'The right words, the wrong town.' };
    try {
      expect(await varde(scene, home, ['sign-in', '--as', 'ragna.crisis'], {})).toBe(0);
      await withoutRights(scene, async (looking) => {
        const approve = scene.colleague.post('/messages/approve', approvalOf(drafts), true);
        expect((await refusalOf(approve)).status).toBeGreaterThanOrEqual(500);

        const away = { VARDE_API_URL: 'http://127.0.0.1:1', VARDE_OIDC_ISSUER: undefined };
        const halt = [
          'dispatch',
          'halt',
          incidentId,
          '--scope',
          'incident',
          '--reason',
          gate.reason,
        ];
        expect(await varde(scene, home, halt, away)).toBe(0);
        const release = scene.colleague.post('/gates/release', gate, true);
        expect((await refusalOf(release)).status).toBeGreaterThanOrEqual(500);

        const { rows } = await looking.query(
          `select (select count(*)::int from communication.approval where message_id = any ($1)) as approvals,
                  (select count(*)::int from communication.dispatch where message_id = any ($1)) as dispatches,
                  (select array_agg(what order by n) from delivery.gate_event where id = $2::text) as gate`,
          [drafts.map(({ messageId }) => messageId), incidentId],
        );
        expect(rows).toEqual([{ approvals: 0, dispatches: 0, gate: ['halted'] }]);
      });
      // The rights are back: what was approved now waits behind the gate until two have opened it.
      await scene.colleague.post('/messages/approve', approvalOf(drafts), true);
      await scene.clock.forward({ seconds: 31 });
      expect(await scene.phones.of(phone)).toEqual([]);
      await scene.crisis.post('/gates/ask-release', gate);
      await scene.person('erik.crisis').post('/gates/release', gate, true);
      await scene.settled(incidentId);
      expect(await scene.phones.of(phone)).toHaveLength(1);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
);
