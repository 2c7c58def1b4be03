import type { Member, Snapshot, Unreachable, Voice } from '@varde/audience-domain/testing';

/** Answers the rows of one statement as the superuser of a test database. */
export type ReadSql = <Row>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;

const voice = `contact_id::int as contact, channel, (select customer_id from audience.customer c where c.n = t.customer_n) as customer,
  class, language, country, is_exercise as "isExercise", is_out as "isOut", convert_from(address_hmac, 'UTF8') as address`;

/** A stored snapshot in the words of the pure law, for tests. */
export async function readSnapshot(read: ReadSql, snapshotId: string): Promise<Snapshot> {
  const members = await read<Omit<Member, 'merged'>>(
    `select ${voice}, grp as "group", on_recovery as "onRecovery" from audience.snapshot_member t where snapshot_id = $1`,
    [snapshotId],
  );
  const merged = await read<Voice & { toldAs: number }>(
    `select ${voice}, told_as::int as "toldAs" from audience.snapshot_merged t where snapshot_id = $1 order by contact_id`,
    [snapshotId],
  );
  return inOrder({
    members: members.map((member) => ({
      ...member,
      merged: merged
        .filter((one) => one.toldAs === member.contact && one.channel === member.channel)
        .map(({ toldAs: _toldAs, ...one }) => one),
    })),
    carried: await read<Voice>(
      `select ${voice} from audience.snapshot_carried t where snapshot_id = $1`,
      [snapshotId],
    ),
    unreachable: (
      await read<Omit<Unreachable, 'contact'> & { contact: number | null }>(
        `select (select customer_id from audience.customer c where c.n = t.customer_n) as customer, contact_id::int as contact,
                class, is_exercise as "isExercise", grp as "group", reason
           from audience.snapshot_unreachable t where snapshot_id = $1`,
        [snapshotId],
      )
    ).map((entry) => ({ ...entry, contact: entry.contact ?? undefined })),
  });
}

/** The same snapshot in an order that can be compared. */
export function inOrder(snapshot: Snapshot): Snapshot {
  const key = (row: { contact: number | undefined; customer: string; channel?: string }): string =>
    `${row.contact ?? 0} ${row.customer} ${row.channel ?? ''}`;
  const sorted = <Row extends Parameters<typeof key>[0]>(rows: readonly Row[]): Row[] =>
    [...rows].sort((one, other) => (key(one) < key(other) ? -1 : 1));
  return {
    members: sorted(snapshot.members),
    carried: sorted(snapshot.carried),
    unreachable: sorted(snapshot.unreachable),
  };
}
