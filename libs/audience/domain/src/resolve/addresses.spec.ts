import { mergeAddresses, type Told } from './addresses';

const aVoice = (voice: Partial<Told>): Told => ({
  contact: 1,
  channel: 'sms',
  customer: 'C1',
  class: 3,
  language: 'nb',
  country: 'NO',
  isExercise: false,
  isOut: false,
  address: '+4790000001',
  isHit: true,
  stood: false,
  ...voice,
});

const merged = (...voices: Partial<Told>[]) => mergeAddresses(voices.map(aVoice));

describe('mergeAddresses', () => {
  it('DL-2: makes one member of two customers with one phone, and names both', () => {
    const [member, ...others] = merged(
      { contact: 1, customer: 'C1' },
      { contact: 2, customer: 'C2' },
    );
    expect(others).toEqual([]);
    expect(member).toMatchObject({
      contact: 1,
      customer: 'C1',
      merged: [{ contact: 2, customer: 'C2' }],
    });
  });

  it('writes in the language of the more critical class', () => {
    expect(
      merged(
        { language: 'nb', class: 3, customer: 'C1' },
        { language: 'en', class: 0, customer: 'C2' },
      ),
    ).toMatchObject([{ language: 'en', class: 0 }]);
  });

  it('writes in the language of the smaller customer id among equals', () => {
    expect(
      merged(
        { contact: 1, language: 'nb', customer: 'C2' },
        { contact: 2, language: 'sv', customer: 'C10' },
      ),
    ).toMatchObject([{ language: 'sv', customer: 'C10' }]);
  });

  it('keeps a phone and a mailbox apart', () => {
    expect(
      merged({ channel: 'sms' }, { channel: 'email', address: 'a@mail.example' }),
    ).toHaveLength(2);
  });

  it('is hit as long as anybody behind the address is, and stood if anybody was told', () => {
    expect(
      merged({ contact: 1, isHit: true, stood: false }, { contact: 2, isHit: false, stood: true }),
    ).toMatchObject([{ contact: 1, group: 'still-hit' }]);
    expect(
      merged(
        { contact: 1, isHit: false, stood: true, class: 0 },
        { contact: 2, isHit: true, stood: false },
      ),
    ).toMatchObject([{ contact: 2, class: 3, group: 'still-hit' }]);
  });

  it('is restored once nobody behind it is hit, and on recovery only if nobody was told before', () => {
    expect(
      merged({ contact: 1, isHit: false, stood: true }, { contact: 2, isHit: false, stood: false }),
    ).toMatchObject([{ group: 'restored', onRecovery: false }]);
    expect(merged({ isHit: false, stood: false })).toMatchObject([
      { group: 'restored', onRecovery: true },
    ]);
  });

  it('A-8: is no exercise address when somebody real shares it', () => {
    expect(
      merged(
        { isExercise: true, customer: 'C1' },
        { contact: 2, isExercise: false, customer: 'C2' },
      ),
    ).toMatchObject([{ isExercise: false }]);
  });
});
