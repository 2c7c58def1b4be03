import { sampleAreas as known } from '../testing';
import { areaCases } from './area.cases';
import { formatArea, formatInArea } from './area';

describe('formatArea, formatInArea', () => {
  it.each(areaCases)(
    'name $says in $language $channel: $inArea',
    ({ codes, area, inArea, ...setting }) => {
      expect(formatArea(codes.split(' '), { ...setting, known })).toBe(area);
      expect(formatInArea(codes.split(' '), { ...setting, known })).toBe(inArea);
    },
  );

  it('refuse an area that is not in the data, and none at all', () => {
    const setting = { language: 'nb', channel: 'sms', known } as const;
    expect(() => formatArea(['NO-9999'], setting)).toThrow(
      expect.objectContaining({ code: 'area-unknown' }),
    );
    expect(() => formatInArea([], setting)).toThrow(
      expect.objectContaining({ code: 'area-missing' }),
    );
  });
});
