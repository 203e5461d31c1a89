import { Client } from 'pg';
import { expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { LedgerOf, useTestDatabase } from '../../testing/loyalty.builders.ts';
import { verifyLedger } from './verify-ledger.ts';

const db = useTestDatabase();
const NOW = '2026-11-22T09:00:00Z';

/** What a person with the owner's password could do, undone at the end. */
async function tampered(statement: (account: LedgerOf) => string): Promise<string[]> {
  const account = new LedgerOf(db.sql);
  await account.earn({ points: 100, now: NOW, order: newId() });
  await account.hold(newId(), 40, '2026-11-22T10:00:00Z', NOW);
  expect(await verifyLedger(db)).toEqual([]);
  const owner = new Client({ connectionString: db.url });
  await owner.connect();
  try {
    await owner.query('begin');
    await owner.query('set local session_replication_role = replica');
    await owner.query(statement(account));
    const { rows } = await owner.query<{ invariant: string }>(
      'select distinct invariant from public.verify_ledger()',
    );
    return rows.map((row) => row.invariant.slice(0, 2)).toSorted();
  } finally {
    await owner.end();
  }
}

it.each<[string, string[], (account: LedgerOf) => string]>([
  [
    'an entry changed',
    ['I1', 'I2', 'I7', 'I7'],
    ({ profileId }) =>
      `update loyalty_entry set amount = 41 where profile_id = '${profileId}' and account = 'member.held'`,
  ],
  [
    'a balance raised',
    ['I5', 'I7'],
    ({ profileId }) => `update loyalty_account set active = active + 1 where profile_id = '${profileId}'`,
  ],
  [
    'a lot enlarged',
    ['I2'],
    ({ profileId }) => `update lot set granted = 1000 where profile_id = '${profileId}'`,
  ],
  [
    'a debt beside points',
    ['I4', 'I5', 'I7'],
    ({ profileId }) => `update loyalty_account set debt = -1 where profile_id = '${profileId}'`,
  ],
  [
    'a hold forgotten',
    ['I6', 'I6'],
    ({ profileId }) => `update hold set status = 'RELEASED' where profile_id = '${profileId}'`,
  ],
  [
    'a journal gone',
    ['I1', 'I2', 'I5', 'I7', 'I7'],
    ({ profileId }) => `delete from loyalty_journal where profile_id = '${profileId}' and kind = 'EARN'`,
  ],
  [
    'a due moment lost',
    ['wh'],
    ({ profileId }) => `update loyalty_account set due_at = null where profile_id = '${profileId}'`,
  ],
])('finds %s', async (_what, invariants, statement) => {
  expect(await tampered(statement)).toEqual(invariants);
});
