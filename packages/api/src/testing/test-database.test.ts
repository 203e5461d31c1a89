import { Client } from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase } from './test-database.ts';

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

test('each test database is migrated, empty and apart from the others', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await query(one.url, 'create table only_here (id int)');
  const installed = 'select count(*)::int as rows from installed_functions';
  expect(await query(one.url, installed)).toEqual([{ rows: 1 }]);
  expect(await query(two.url, installed)).toEqual([{ rows: 1 }]);
  expect(await query(two.url, `select to_regclass('only_here') as found`)).toEqual([{ found: null }]);
  await Promise.all([one.drop(), two.drop()]);
  await expect(query(one.url, 'select 1')).rejects.toThrow('does not exist');
});
