import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importOrders, readMapping } from '@clientele/api/src/exchange/index.ts';
import { csvRecords } from '@clientele/api/src/exchange/reading/csv-records.ts';
import { openTextFile } from '@clientele/api/src/exchange/reading/open-file.ts';
import { ManualClock } from '@clientele/api/src/platform/clock.ts';
import type { Context } from '@clientele/api/src/platform/context.ts';
import { inTransaction } from '@clientele/api/src/platform/database/in-transaction.ts';
import { SEGMENT_LEAVES } from '@clientele/api/src/segment-leaves.ts';
import {
  EVERYBODY,
  matchingStatement,
  readInBulk,
  readSurroundings,
} from '@clientele/api/src/segments/index.ts';
import { sharedData } from '@clientele/api/src/testing/shared-data.ts';
import type { Condition } from '@clientele/shared/segments';

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

/** Rows of a file beside the checkout, its header left out. */
export async function rowsOf(path: string): Promise<string[][]> {
  const rows: string[][] = [];
  const records = csvRecords(',', (fields) => void rows.push(fields));
  const file = await openTextFile(sharedData(path));
  for await (const piece of file.pieces()) records.push(piece);
  records.end();
  return rows.slice(1);
}

/** Brings in orders as a file of invoices, in the columns of the online-retail mapping. */
export async function bringIn(
  ctx: Context,
  source: string,
  rows: readonly (readonly string[])[],
  store: Partial<Exclude<ReturnType<typeof readMapping>['store'], undefined>> = {},
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-real-shop-'));
  try {
    const path = join(folder, 'orders.csv');
    const text = rows.map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(','));
    await writeFile(path, [HEADER, ...text].join('\n'));
    const mapping = readMapping('online-retail', '.');
    const own = mapping.store;
    if (own === undefined) throw new Error('the mapping has a store');
    const report = await importOrders(ctx, {
      path,
      source,
      mapping: { ...mapping, store: { ...own, ...store } },
    });
    if (report.problems.length > 0) throw new Error(JSON.stringify(report.problems.slice(0, 3)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The same company at another moment. */
export function at(ctx: Context, moment: string): Context {
  return { ...ctx, clock: new ManualClock(moment) };
}

/** Who fulfils a condition. */
export async function peopleOf(ctx: Context, condition: Condition): Promise<string[]> {
  const surroundings = await readSurroundings(ctx, new Map());
  const people = matchingStatement(condition, SEGMENT_LEAVES, EVERYBODY, surroundings);
  const { rows } = await inTransaction(ctx, async (tx) => {
    await readInBulk(tx);
    return people.execute(tx.sql);
  });
  return (rows as { profile_id: string }[]).map((row) => row.profile_id);
}

/** The numbers people have in the file they came with, by profile. */
export async function numbersOf(ctx: Context): Promise<Map<string, string>> {
  const rows = await ctx.sql.selectFrom('identity').select(['profile_id', 'masked']).execute();
  return new Map(rows.map((row) => [row.profile_id, row.masked]));
}
