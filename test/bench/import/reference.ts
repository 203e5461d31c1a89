import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

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
