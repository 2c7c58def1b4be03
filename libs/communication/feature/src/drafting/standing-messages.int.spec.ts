import { NightWatch } from '../night-watch.fixture';
import { StandingMessagesRepository } from './standing-messages.repository';

let night: NightWatch;
beforeAll(async () => {
  night = await NightWatch.start();
});
afterAll(() => night.close());
beforeEach(() => night.begins());

const messages = new StandingMessagesRepository();
const replaces = (one: string, other: string): Promise<void> =>
  night.engine.unitOfWork('varde_communication', (tx) => messages.replace(tx, one, other));

describe('what the database says of a replacement, in words', () => {
  it('A-8: a message replaces those of its own incident only', async () => {
    await night.resolved(night.incident(), [{}]);
    const elsewhere = '00000000-0000-4000-8000-000000000043';
    await night.resolved(night.incident({ incidentId: elsewhere, number: 'NO-2026-0043' }), [{}]);
    const [one, other] = await night.ofStage('a1');
    await expect(replaces(one?.messageId ?? '', other?.messageId ?? '')).rejects.toMatchObject({
      code: 'replaces-another-incident',
      message: expect.stringMatching(/its own incident/),
    });
  });

  it('DL-5: a message that has gone cannot be made to replace another', async () => {
    await night.resolved(night.incident(), [{}]);
    await night.at(15);
    const [holding] = await night.ofStage('a0');
    const [real] = await night.ofStage('a1');
    await night.goes(...(holding ? [holding] : []));
    await expect(replaces(holding?.messageId ?? '', real?.messageId ?? '')).rejects.toMatchObject({
      code: 'too-late-to-replace',
      message: expect.stringMatching(/sent already/),
    });
  });

  it('DL-5: a message cannot replace itself', async () => {
    await night.resolved(night.incident(), [{}]);
    const [real] = await night.ofStage('a1');
    await expect(replaces(real?.messageId ?? '', real?.messageId ?? '')).rejects.toMatchObject({
      code: 'replaces-itself',
    });
  });
});
