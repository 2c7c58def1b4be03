import { z } from 'zod';
import { fieldFaultCases } from './field-faults.cases';
import { fieldFaultsOf, type FieldFault } from './field-faults';

const faultsOf = (schema: z.ZodType, value: unknown): readonly FieldFault[] =>
  fieldFaultsOf(schema.safeParse(value).error?.issues ?? [], value);

describe('a field that was not sent as it must be', () => {
  it.each(fieldFaultCases)('is told in plain words: $what', ({ schema, sent, told }) => {
    expect(
      faultsOf(z.object({ outer: z.object({ it: schema }) }), { outer: { it: sent } }),
    ).toEqual([{ field: 'outer.it', ...told }]);
  });

  it('is told with each unknown one by its name', () => {
    const body = z.strictObject({ a: z.strictObject({}) });
    expect(faultsOf(body, { a: { x: 1, y: 2 } })).toEqual(
      ['a.x', 'a.y'].map((field) => ({
        field,
        kind: 'not-known',
        says: 'It is not known here; remove it.',
      })),
    );
  });

  it('has no name where nothing usable was sent', () => {
    expect(faultsOf(z.strictObject({}), undefined)).toEqual([
      { field: '', kind: 'wrong', says: 'It must be an object with fields.' },
    ]);
  });
});
