import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/**
 * Hand-written references: what the import is held against. The rows are ready for COPY, nothing is parsed or judged.
 */
const STAGING = `
  create unlogged table if not exists bench_staging (
    number text, at timestamp, shopper text, sku text, name text, quantity integer, price numeric(12, 2));
  truncate bench_staging`;

/** The least that still is orders: one row an order, one a line, numbers unique. No shoppers, prices or prints. */
const TABLES = `
  create table if not exists bench_order (
    source text, number text, at timestamp, shopper text, total numeric(12, 2), primary key (source, number));
  create table if not exists bench_line (
    source text, number text, position integer, sku text, name text, quantity integer, price numeric(12, 2),
    primary key (source, number, position));
  truncate bench_order, bench_line`;

const STORE = `
  with stored as (
    insert into bench_order
    select 'bench', number, min(at), min(shopper), sum(quantity * price) from bench_staging group by number
    on conflict do nothing returning number
  )
  insert into bench_line
  select 'bench', number, row_number() over (partition by number), sku, name, quantity, price
  from bench_staging join stored using (number)`;

/** @returns seconds of COPY into a staging table without a journal, and of COPY and storing together */
export async function timeReference(url: string, copyFile: string): Promise<{ copy: number; store: number }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`set work_mem = '64MB'; ${STAGING}; ${TABLES}`);
    const began = performance.now();
    await pipeline(
      createReadStream(copyFile, { highWaterMark: 262_144 }),
      client.query(copyFrom(`copy bench_staging from stdin (null '')`)),
    );
    const copied = performance.now();
    await client.query(STORE);
    const stored = performance.now();
    return { copy: (copied - began) / 1000, store: (stored - began) / 1000 };
  } finally {
    await client.end();
  }
}

/** What an import of orders fills, without points: in the order in which it does. */
const FILLED = ['identity_key', 'profile', 'identity', 'order_key', 'orders', 'order_line'] as const;

/** Writes down every row an import has stored, ready for COPY. */
export async function keepStored(url: string, folder: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const table of FILLED)
      await pipeline(client.query(copyTo(`copy ${table} to stdout`)), createWriteStream(join(folder, table)));
  } finally {
    await client.end();
  }
}

/**
 * The same rows in the same tables by hand: what a database administrator would do who had every row made already.
 * @returns seconds of COPY into staging and INSERT … SELECT … ON CONFLICT, one table after the other
 */
export async function timeSameRows(url: string, folder: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`set work_mem = '64MB'; create schema by_hand`);
    const began = performance.now();
    for (const table of FILLED) {
      await client.query(`create unlogged table by_hand.${table} (like public.${table})`);
      await pipeline(
        createReadStream(join(folder, table), { highWaterMark: 262_144 }),
        client.query(copyFrom(`copy by_hand.${table} from stdin`)),
      );
      await client.query(`insert into public.${table} select * from by_hand.${table} on conflict do nothing`);
    }
    return (performance.now() - began) / 1000;
  } finally {
    await client.end();
  }
}
