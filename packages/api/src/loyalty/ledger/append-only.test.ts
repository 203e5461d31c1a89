import { Client } from 'pg';
import { expect, it } from 'vitest';
import { LedgerOf, useTestDatabase } from '../../testing/loyalty.builders.ts';

const db = useTestDatabase();
const TABLES = ['loyalty_journal', 'loyalty_entry', 'program_version'];

it.each(TABLES)('%s: the application may add and read, never change or delete', async (table) => {
  await new LedgerOf(db.sql).earn({ points: 10, now: '2026-11-22T09:00:00Z' });
  const { pool } = db.database;
  expect((await pool.query<{ role: string }>('select current_user as role')).rows).toEqual([
    { role: 'clientele_app' },
  ]);
  const change =
    table === 'loyalty_entry' ? 'amount = 5' : table === 'loyalty_journal' ? 'points = 5' : 'number = 5';
  for (const statement of [
    `update ${table} set ${change}`,
    `delete from ${table}`,
    `truncate ${table} cascade`,
  ]) {
    await expect(pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  }
});

it.each(TABLES)('%s: a trigger refuses even its owner', async (table) => {
  const owner = new Client({ connectionString: db.url });
  await owner.connect();
  try {
    const change =
      table === 'loyalty_entry' ? 'amount = 5' : table === 'loyalty_journal' ? 'points = 5' : 'number = 5';
    for (const statement of [
      `update ${table} set ${change}`,
      `delete from ${table}`,
      `truncate ${table} cascade`,
    ]) {
      await expect(owner.query(statement)).rejects.toThrow(`${table} is append-only`);
    }
  } finally {
    await owner.end();
  }
});
