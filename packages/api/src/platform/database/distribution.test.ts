import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { DISTRIBUTION } from './distribution.ts';

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

async function column(query: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(query);
  return rows.map(({ name }) => name);
}

/** A table divided by time counts once. */
const NO_PART = `not exists (select from pg_class where oid = format('public.%I', table_name)::regclass and relispartition)`;

const TABLES = `select table_name as name from information_schema.tables
  where table_schema = 'public' and table_type = 'BASE TABLE' and ${NO_PART} order by 1`;

const WITH_PROFILE = `select table_name as name from information_schema.columns
  where table_schema = 'public' and column_name = 'profile_id' order by 1`;

/** Unique indexes and primary keys of a shopper's tables that do not lead with the shopper. */
const UNIQUE_WITHOUT_PROFILE = `select i.indexrelid::regclass || ' on ' || i.indrelid::regclass as name
  from pg_index i join pg_namespace n on n.nspname = 'public'
  join pg_class t on t.oid = i.indrelid and t.relnamespace = n.oid
  where i.indisunique and t.relname = any($1) and not exists (
    select from pg_attribute a where a.attrelid = t.oid and a.attnum = any(i.indkey) and a.attname = 'profile_id')`;

/** Foreign keys of a shopper's tables to others of a shopper's that do not go by the shopper. */
const FOREIGN_WITHOUT_PROFILE = `select c.conname as name from pg_constraint c
  join pg_class t on t.oid = c.conrelid join pg_class r on r.oid = c.confrelid
  where c.contype = 'f' and t.relname = any($1) and r.relname = any($1) and r.relname <> 'profile' and not exists (
    select from pg_attribute a where a.attrelid = t.oid and a.attnum = any(c.conkey) and a.attname = 'profile_id')`;

const SHOPPERS = Object.keys(DISTRIBUTION).filter(
  (table) => DISTRIBUTION[table] === 'profile' && table !== 'profile',
);

test('every table has its place, and no place is without a table', async () => {
  expect(Object.keys(DISTRIBUTION).toSorted()).toEqual((await column(TABLES)).toSorted());
});

test('configuration names no shopper', async () => {
  const wrong = (await column(WITH_PROFILE)).filter((table) => DISTRIBUTION[table] === 'reference');
  expect(wrong).toEqual([]);
});

test('the key of a shopper’s rows is the shopper', async () => {
  const without = await client.query<{ name: string }>(UNIQUE_WITHOUT_PROFILE, [SHOPPERS]);
  expect(without.rows.map(({ name }) => name)).toEqual([]);
  const foreign = await client.query<{ name: string }>(FOREIGN_WITHOUT_PROFILE, [SHOPPERS]);
  expect(foreign.rows.map(({ name }) => name)).toEqual([]);
});
