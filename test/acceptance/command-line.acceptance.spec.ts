import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GateList } from '@varde/contracts';
import { until } from '../../tools/system/until';
import { story, type Scene } from './world/story';
import { aPhone } from './world/town';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command line as a person would, with a folder of sign-ins of its own. */
function varde(
  scene: Scene,
  home: string,
  args: readonly string[],
  change: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const { facts } = scene;
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_STATE_HOME: home,
    VARDE_API_URL: facts.api,
    VARDE_OIDC_ISSUER: facts.issuer,
    VARDE_KAFKA_BROKERS: facts.brokers.join(','),
    VARDE_IMPORT_DATABASE_URL: facts.urls.import,
    VARDE_GATE_DATABASE_URL: facts.urls.gate,
    VARDE_ADDRESS_KEYS_FILE: facts.addressKeysFile,
    ...change,
  };
  return new Promise((done) => {
    execFile(
      process.execPath,
      [join(__dirname, '../../dist/apps/cli/main.cjs'), ...args],
      { env },
      (error, out, err) => {
        done({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err });
      },
    );
  });
}

/** DL-7: one asks, and it is another one who opens; each step as a person would try it. */
async function releasedByTwo(
  scene: Scene,
  { incidentId, asks, agrees }: { incidentId: string; asks: string; agrees: string },
): Promise<void> {
  const gate = (home: string, verb: string, ...more: string[]): Promise<Ran> =>
    varde(scene, home, ['dispatch', verb, incidentId, '--scope', 'incident', ...more]);
  const live = ['--live', '--reason', 'Read again: it is right.'];

  expect(await gate(agrees, 'release', ...live)).toMatchObject({ code: 1, out: '' });
  const asked = await gate(asks, 'ask-release', '--reason', 'The town is right after all.');
  expect(asked).toMatchObject({ code: 0, out: expect.stringMatching(/^Asked\./) as string });
  const alone = await gate(asks, 'release', ...live);
  expect(alone).toMatchObject({ code: 1, out: '' });
  expect(alone.err).toContain('(release-by-same-person)');
  const tried = await gate(agrees, 'release');
  expect(tried).toMatchObject({
    code: 0,
    out: expect.stringMatching(/Nothing was done/) as string,
  });
  expect(await gate(agrees, 'release', '--live')).toMatchObject({ code: 2, out: '' });
  const { gates } = await scene.noc.get<GateList>('/gates');
  expect(gates.map(({ id }) => id)).toContain(incidentId);

  const opened = await gate(agrees, 'release', ...live);
  expect(opened).toMatchObject({ code: 0, out: expect.stringMatching(/^Open: /) as string });
}

story(
  'from the command line: raised, refused to its author, approved by a colleague, halted, released by two, proven',
  async (scene) => {
    const folder = mkdtempSync(join(tmpdir(), 'varde-cli-'));
    const author = join(folder, 'author');
    const colleague = join(folder, 'colleague');
    const noc = join(folder, 'noc');
    const crisis = join(folder, 'crisis');
    try {
      for (const [home, name] of [
        [author, 'maja.author'],
        [colleague, 'aksel.approver'],
        [noc, 'ingrid.noc'],
        [crisis, 'ragna.crisis'],
      ] as const) {
        expect(await varde(scene, home, ['sign-in', '--as', name])).toMatchObject({ code: 0 });
      }
      const phone = aPhone();
      const town = await scene.town([{ id: 'one', phone }]);
      const area = town.areas[0] ?? '';
      const raise = [
        'incident',
        'raise',
        '--country',
        'NO',
        '--services',
        'mobile-voice',
        '--areas',
        area,
        '--json',
      ];
      expect((await varde(scene, noc, raise)).code).toBe(2); // the mode has no default
      const raised = await varde(scene, noc, [...raise, '--mode', 'ACTUAL']);
      expect(raised).toMatchObject({ code: 0 });
      const { incidentId, number } = JSON.parse(raised.out) as {
        incidentId: string;
        number: string;
      };

      const draft = await until('the draft', async () => {
        const listed = await varde(scene, author, [
          'message',
          'list',
          '--incident',
          incidentId,
          '--state',
          'drafted',
          '--json',
        ]);
        return listed.out === ''
          ? undefined
          : (JSON.parse(listed.out.split('\n')[0] ?? '{}') as { messageId: string });
      });
      expect((await varde(scene, author, ['message', 'show', draft.messageId])).out).toContain(
        'er nede i Varby',
      );
      expect((await varde(scene, author, ['message', 'submit', draft.messageId])).code).toBe(0);
      const alone = await varde(scene, author, [
        'message',
        'approve',
        draft.messageId,
        '--live',
        '--reason',
        'mine',
      ]);
      expect(alone.code).toBe(1);
      expect(alone.err).toMatch(/right|approver-is-author/);
      const tried = await varde(scene, colleague, ['message', 'approve', draft.messageId]);
      expect(tried).toMatchObject({
        code: 0,
        out: expect.stringMatching(/Nothing was done/) as string,
      });
      expect(
        (
          await varde(scene, colleague, [
            'message',
            'approve',
            draft.messageId,
            '--live',
            '--reason',
            'Read.',
          ])
        ).code,
      ).toBe(0);

      // The brake needs nothing but the database.
      const halted = await varde(
        scene,
        noc,
        ['dispatch', 'halt', '--scope', 'incident', incidentId, '--reason', 'Wrong town.'],
        { VARDE_API_URL: 'http://127.0.0.1:1', VARDE_KAFKA_BROKERS: '127.0.0.1:1' },
      );
      expect(halted).toMatchObject({ code: 0, out: expect.stringMatching(/Halted/) as string });
      await scene.clock.forward({ seconds: 31 });
      expect(await scene.phones.of(phone)).toEqual([]);
      await releasedByTwo(scene, { incidentId, asks: crisis, agrees: colleague });
      await scene.clock.forward({ seconds: 1 });
      await scene.settled(incidentId);
      expect(await scene.phones.of(phone)).toHaveLength(1);

      expect(await varde(scene, noc, ['ledger', 'check', '--incident', incidentId])).toMatchObject({
        code: 0,
        out: expect.stringMatching(/It balances/) as string,
      });
      expect((await varde(scene, noc, ['incident', 'show', number])).out).toContain(area);
      expect(
        (await varde(scene, noc, ['incident', 'list'], { VARDE_API_URL: 'http://127.0.0.1:1' }))
          .code,
      ).toBe(3);
      expect((await varde(scene, noc, ['incident', 'nonsense'])).code).toBe(2);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

story(
  'the files of data/events go in by the command line and become what the standard says',
  async (scene) => {
    const home = mkdtempSync(join(tmpdir(), 'varde-cli-'));
    try {
      await varde(scene, home, ['sign-in', '--as', 'tuva.admin']);
      const events = join(__dirname, '../../../shared/data/events');
      const status = async (): Promise<number> =>
        (await scene.person('tuva.admin').get<{ deadLettersOpen: number }>('/intake/status'))
          .deadLettersOpen;
      const before = await status();
      for (const file of [
        'tmf642-alarm.example.json',
        'ves7-fault.json',
        'ves7-batch-two-domains.json',
        'ves72-stnddefined.json',
      ]) {
        expect(
          await varde(scene, home, ['incident', 'publish', join(events, file), '--json']),
        ).toMatchObject({ code: 0 });
      }
      await until('all four to be taken', async () => {
        const { offsets } = await scene
          .person('tuva.admin')
          .get<{ offsets: { topic: string; consumer: string }[] }>('/intake/status');
        return ['network.alarms.tmf642', 'network.alarms.ves'].every((topic) =>
          offsets.some((one) => one.consumer === 'intake' && one.topic === topic),
        );
      });
      expect(await status()).toBe(before);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
);
