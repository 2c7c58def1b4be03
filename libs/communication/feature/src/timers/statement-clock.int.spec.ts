import type { IncidentFacts } from '@varde/contracts';
import { NightWatch } from '../night-watch.fixture';

let night: NightWatch;
beforeAll(async () => {
  night = await NightWatch.start();
});
afterAll(() => night.close());
beforeEach(() => night.begins());

const changed = (facts: Partial<IncidentFacts>): Promise<void> =>
  night.hears('incident.updated.v1', {
    incident: night.incident({ version: 2, ...facts }),
    changed: ['severity'],
  });
const rings = async (): Promise<readonly string[]> => [
  ...new Set((await night.notices()).map((one) => one.kind)),
];

describe('the 15 minutes to the first public statement', () => {
  it('§2.4: warn approvers and crisis manager at 10, and offer the holding text at 15', async () => {
    await night.resolved(night.incident(), [{}]);
    await night.at(9);
    expect(await rings()).toEqual([]);
    await night.at(10);
    expect([...(await night.told('first-statement-soon'))].sort()).toEqual([
      'approver',
      'crisis',
      'second approver',
    ]);
    await night.at(15);
    expect(await rings()).toEqual(['first-statement-soon', 'holding-text-offered']);
  });

  it('§2.4: begin when the incident becomes major, although its audience is not resolved again', async () => {
    await night.resolved(night.incident({ severity: 'minor' }), [{}]);
    await night.at(20);
    expect(await rings()).toEqual([]);
    await changed({});
    await night.at(29);
    expect(await rings()).toEqual([]);
    await night.at(30);
    expect(await rings()).toEqual(['first-statement-soon']);
    await night.at(35);
    expect(await night.ofStage('a0')).toHaveLength(1);
  });

  it('§2.4: count from the change, not from when we heard of it', async () => {
    await night.resolved(night.incident({ severity: 'minor' }), [{}]);
    const incident = night.incident({ version: 2 });
    await night.at(12);
    await night.hears('incident.updated.v1', { incident, changed: ['severity'] });
    await night.at(15);
    expect(await rings()).toEqual(['first-statement-soon', 'holding-text-offered']);
  });

  it('§2.4: do not ring for an incident that was lowered, and begin anew when it is raised again', async () => {
    await night.resolved(night.incident(), [{}]);
    await night.at(5);
    await changed({ severity: 'minor' });
    await night.at(20);
    expect(await rings()).toEqual([]);
    await changed({ version: 3, severity: 'critical' });
    await night.at(29);
    expect(await rings()).toEqual([]);
    await night.at(30);
    expect(await rings()).toEqual(['first-statement-soon']);
  });

  it('§2.4: count from the second time it became major, not from the first', async () => {
    await night.resolved(night.incident(), [{}]);
    await night.at(5);
    await changed({ severity: 'minor' });
    await night.at(8);
    await changed({ version: 3 });
    await night.at(17);
    expect(await rings()).toEqual([]);
    await night.at(18);
    expect(await rings()).toEqual(['first-statement-soon']);
  });

  it('§2.4: do not ring for an incident that is over, or that was merged', async () => {
    await night.resolved(night.incident(), [{}]);
    await night.hears('incident.merged.v1', {
      incident: night.incident({
        version: 2,
        phase: 'closed',
        mergedInto: '00000000-0000-4000-8000-000000000043',
      }),
    });
    await night.resolved(
      night.incident({
        incidentId: '00000000-0000-4000-8000-000000000044',
        number: 'NO-2026-0044',
      }),
      [{}],
    );
    await night.resolved(
      night.incident({
        incidentId: '00000000-0000-4000-8000-000000000044',
        version: 2,
        phase: 'cancelled',
      }),
      [],
      { occasion: 'cancelled' },
    );
    await night.at(20);
    expect(await rings()).toEqual([]);
  });

  it('I-3: an old version that comes late neither starts nor stops them', async () => {
    await night.resolved(night.incident({ version: 3 }), [{}]);
    await changed({ severity: 'minor' });
    await night.at(10);
    expect(await rings()).toEqual(['first-statement-soon']);
  });

  it('§2.4: a word to the hospital alone is no public statement', async () => {
    await night.resolved(night.incident(), [{ class: 0, count: 1 }, {}]);
    await night.goes(...(await night.ofStage('a1')).filter((one) => one.classes.includes(0)));
    await night.at(15);
    expect((await night.ofStage('a0')).map((one) => one.classes)).toEqual([[3]]);
  });

  it('A-8: an exercise rings nobody', async () => {
    await night.resolved(night.incident({ mode: 'EXERCISE' }), [{ exerciseCount: 2 }]);
    await night.at(20);
    expect(await rings()).toEqual([]);
  });
});
