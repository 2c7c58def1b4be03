import { changeFacts } from './change';
import { anIncident, minute } from './examples';
import { andThen } from './evolve';
import type { Actor } from './incident';
import { publicIncident, toPublicFacts } from './public-facts';
import { resolve } from './restore';

const person: Actor = { kind: 'person', personId: '00000000-0000-4000-8000-000000000117' };

describe('public facts', () => {
  it('each carry the whole incident as it was right after', () => {
    const before = anIncident();
    const updated = changeFacts(before, { nextUpdateBy: minute(60) }, person, minute(5));
    const { events } = andThen(updated, (incident) =>
      resolve(incident, { by: person, reason: 'seen on site' }, minute(6)),
    );
    const facts = toPublicFacts(events, before);
    expect(
      facts.map((fact) => [fact.name, fact.payload.incident.version, fact.payload.incident.phase]),
    ).toEqual([
      ['incident.updated.v1', 2, 'inProgress'],
      ['incident.resolved.v1', 3, 'resolved'],
    ]);
  });

  it('say nothing of what is private', () => {
    const before = anIncident({ phase: 'inProgress' });
    expect(
      toPublicFacts(
        changeFacts(before, { note: 'crew on the way' }, person, minute(5)).events,
        before,
      ),
    ).toEqual([]);
  });

  it('D-05: tell when planned works are done, and of no other window', () => {
    const window = { from: minute(60), to: minute(120) };
    expect(publicIncident(anIncident({ kind: 'planned', window })).window).toEqual({
      from: '2026-02-11T03:14:00.000Z',
      to: '2026-02-11T04:14:00.000Z',
    });
    expect(publicIncident(anIncident({ window }))).not.toHaveProperty('window');
  });

  it('D-13: carry no code of a cause, no note, no reason and nobody of a desk', () => {
    const desk: Actor = { kind: 'desk', system: 'noc-desk', operator: 'op-117' };
    const text = JSON.stringify(
      publicIncident(
        anIncident({
          note: 'secret-note',
          cause: { status: 'suspected', code: 'secret-code', group: 'technical' },
          changedBy: desk,
        }),
      ),
    );
    for (const secret of ['secret-note', 'secret-code', 'op-117', 'noc-desk'])
      expect(text).not.toContain(secret);
  });
});
