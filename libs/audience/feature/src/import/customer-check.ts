import type { Stage } from './import-plan';

/** Rejects the rows of which the table of due rows found no customer, and takes them out of it. */
export async function rejectUnknownCustomers(stage: Stage, due: string): Promise<void> {
  const rejected = await stage.reject({
    column: 'customer_id',
    reason: 'unknown-customer',
    value: 's.customer_id',
    from: `${due} d`,
    where: 'd.line = s.line and d.customer_n is null',
  });
  if (rejected > 0) await stage.run(`delete from ${due} where customer_n is null`);
}
