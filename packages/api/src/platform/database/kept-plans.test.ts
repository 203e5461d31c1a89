import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import type { Sql } from './database.ts';
import { keptPlan, planForAnyParameters } from './kept-plans.ts';

const db = useTestDatabase();

async function twice(tx: Sql, number: number): Promise<number | undefined> {
  const { rows } = await sql<{ it: number }>`${keptPlan('sum')} select ${number}::int * 2 as it`.execute(tx);
  return rows[0]?.it;
}

async function prepared(tx: Sql): Promise<unknown[]> {
  const { rows } = await sql`
    select name, generic_plans::int as generic, custom_plans::int as custom from pg_prepared_statements`.execute(
    tx,
  );
  return rows;
}

test('a statement is planned once on a connection, and gives way when its text is another one', async () => {
  await db.database.sql.transaction().execute(async (tx) => {
    await planForAnyParameters(tx);
    expect([await twice(tx, 1), await twice(tx, 2), await twice(tx, 3)]).toEqual([2, 4, 6]);
    expect(await prepared(tx)).toEqual([{ name: 'sum 1', generic: 3, custom: 0 }]);
    await sql`${keptPlan('sum')} select ${1}::int * 3 as it`.execute(tx);
    expect(await prepared(tx)).toEqual([{ name: 'sum 2', generic: 1, custom: 0 }]);
    expect(await twice(tx, 4)).toBe(8);
    expect(await prepared(tx)).toEqual([{ name: 'sum 3', generic: 1, custom: 0 }]);
  });
});

test('what cannot be prepared is refused, and stands in nobody’s way after', async () => {
  const asked = db.database.sql.transaction().execute(async (tx) => {
    await sql`${keptPlan('sum')} select nothing from nowhere`.execute(tx);
  });
  await expect(asked).rejects.toThrow('nowhere');
  await db.database.sql.transaction().execute(async (tx) => {
    expect(await twice(tx, 5)).toBe(10);
  });
});
