import { readableSubject } from './readable-subject';

describe('readableSubject', () => {
  it.each([
    ['Outage', 'Outage'],
    ['=?UTF-8?Q?Utfall_p=C3=A5_nettet?=', 'Utfall på nettet'],
    ['=?utf-8?B?w4Y=?= =?utf-8?Q?=C3=98?=', 'ÆØ'],
    ['=?utf-8?X?x?=', '=?utf-8?X?x?='],
  ])('reads %s', (subject, text) => expect(readableSubject(subject)).toBe(text));
});
