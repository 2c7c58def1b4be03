import { Client } from 'pg';
import { until } from '../../tools/system/until';
import { story } from './world/story';
import { aPhone } from './world/town';

// Of a ciphertext: where the key's number ends with its last byte, and where its tag begins. @source security.md S-26
const lastByteOfKey = 4;
const firstByteOfTag = 17;

story(
  'an address that cannot be read is one row’s trouble: its neighbours are told, and it too once its key is back',
  async (scene) => {
    const [well, spoilt, keyless] = [aPhone(), aPhone(), aPhone()];
    const town = await scene.town([
      { id: 'well', phone: well },
      { id: 'spoilt', phone: spoilt },
      { id: 'keyless', phone: keyless },
    ]);
    const database = new Client({ connectionString: scene.facts.urls.superuser });
    await database.connect();
    const change = (id: string, byte: number): Promise<unknown> =>
      database.query(
        `update audience.contact_address a set address_encrypted = set_byte(a.address_encrypted, $2, get_byte(a.address_encrypted, $2) # 1)
           from audience.contact c where c.n = a.contact_n and a.channel = 'sms' and c.contact_id like 't' || $3 || '%-c-' || $1`,
        [id, byte, town.areas[0]?.slice('NO-'.length, -1)],
      );
    try {
      await change('spoilt', firstByteOfTag);
      await change('keyless', lastByteOfKey);
      const incident = await scene.reports({ reference: 'UNREADABLE-1', areas: town.areas });
      await scene.approved(await scene.drafts(incident.incidentId));
      await scene.clock.forward({ seconds: 31 });
      const rows = async (): Promise<{ delivered: number; failed: number; open: number }> => {
        const [line] = (await scene.ledger(incident.incidentId)).lines;
        return { delivered: 0, failed: 0, open: 0, ...line };
      };
      await until('all three to have their turn', async () => {
        const { delivered, failed, open } = await rows();
        return delivered === 1 && failed === 1 && open === 1;
      });
      expect(await scene.phones.of(well)).toHaveLength(1);

      await change('keyless', lastByteOfKey);
      await scene.clock.forward({ seconds: 61 });
      await scene.settled(incident.incidentId);
      expect(await rows()).toMatchObject({ delivered: 2, failed: 1, open: 0, unknown: 0 });
      expect(await scene.phones.of(keyless)).toHaveLength(1);
      expect(await scene.phones.of(spoilt)).toEqual([]);
    } finally {
      await database.end();
    }
  },
);
