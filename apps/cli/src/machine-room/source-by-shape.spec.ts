import { sourceByShape } from './source-by-shape';

const file = (content: object): Uint8Array => Buffer.from(JSON.stringify(content));
const report = { reference: 'NOC-1', action: 'raise', country: 'SE' };
const alarm = { id: '7', perceivedSeverity: 'major', alarmType: 'equipmentAlarm' };

describe('the source of a file by its shape', () => {
  it.each([
    ['a report', report, '/noc/se/desk', 'network.incidents'],
    ['an event with its alarm', { event: { alarm } }, '/nms/no/ran-east', 'network.incidents'],
    ['a bare alarm', alarm, 'sample-tmf642', 'network.alarms.tmf642'],
    ['a batch of VES', { eventList: [] }, 'sample-ves', 'network.alarms.ves'],
    ['a 3GPP notice', { notificationType: 'notifyNewAlarm' }, 'sample-3gpp', 'network.alarms.3gpp'],
  ])('of %s is the sample world’s own', (_, content, id, topic) => {
    expect(sourceByShape(file(content))).toMatchObject({ id, topic });
  });

  it('is not guessed where the shape tells nothing', () => {
    expect(() => sourceByShape(file({ hello: 'world' }))).toThrow(/--source/);
  });
});
