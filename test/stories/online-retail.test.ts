import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importOrders, readMapping, type ImportReport } from '@clientele/api/src/exchange/index.ts';
import { csvRecords } from '@clientele/api/src/exchange/reading/csv-records.ts';
import { openTextFile } from '@clientele/api/src/exchange/reading/open-file.ts';
import { verifyLedger } from '@clientele/api/src/loyalty/index.ts';
import type { Context } from '@clientele/api/src/platform/context.ts';
import { sharedData, sharedDataMissing } from '@clientele/api/src/testing/shared-data.ts';
import { createTestDatabase } from '@clientele/api/src/testing/test-database.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCompany } from '../bench/harness/company.ts';
import { checkOnlineRetail } from '../bench/import/check-online-retail.ts';
import { aBrandWithProgram, keptOf } from '../bench/import/measure-online-retail.ts';
import { figuresOf } from './online-retail-figures.ts';

const SOURCE = 'online-retail';
const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-retail-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** One customer in ten with all they bought and brought back, and one anonymous invoice in ten. */
async function slice(): Promise<string[][]> {
  const rows: string[][] = [];
  const records = csvRecords(',', (fields) => {
    const [invoice = '', , , , , , customer = ''] = fields;
    if ((customer || invoice).endsWith('7')) rows.push(fields);
  });
  const file = await openTextFile(sharedData('online-retail/online_retail_half.csv.gz'));
  for await (const piece of file.pieces()) records.push(piece);
  records.end();
  return rows;
}

async function write(name: string, rows: readonly string[][]): Promise<string> {
  const path = join(folder, name);
  const text = rows.map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(','));
  await writeFile(path, [HEADER, ...text].join('\n'));
  return path;
}

function bringIn(ctx: Context, path: string): Promise<ImportReport> {
  return importOrders(ctx, { path, source: SOURCE, mapping: readMapping('online-retail', '.') });
}

async function totals(ctx: Context): Promise<unknown[]> {
  const { rows } = await ctx.database.pool.query(
    `select o.external_id, o.to_pay, o.earned, o.state, i.masked, a.active, a.pending, a.debt,
       (select sum(r.points_clawed) from order_return r where r.order_id = o.id) as clawed
     from orders o left join identity i on i.profile_id = o.profile_id
     left join loyalty_account a on a.profile_id = o.profile_id
     order by o.external_id`,
  );
  return rows;
}

/** The row order of a file that somebody sorted by something else. */
function shuffled(rows: readonly string[][]): string[][] {
  return rows.toSorted(([a, b], [c, d]) => (`${b}${a}` < `${d}${c}` ? 1 : -1));
}

test.skipIf(sharedDataMissing)(
  'a tenth of a real shop comes in with every figure right, once, in whatever order (needs ../shared/data)',
  async () => {
    const rows = await slice();
    expect(rows.length).toBeGreaterThan(20_000);
    const databases = [await createTestDatabase(), await createTestDatabase()] as const;
    const companies = [await openCompany(databases[0].url), await openCompany(databases[1].url)] as const;
    const [{ ctx }, other] = companies;
    for (const company of companies) await aBrandWithProgram(company.ctx);

    const path = await write('slice.csv', rows);
    const report = await bringIn(ctx, path);
    expect(report.problems).toEqual([]);
    expect(await checkOnlineRetail(databases[0].url, SOURCE, figuresOf(rows), keptOf(report))).toEqual([]);
    expect(await verifyLedger(ctx)).toEqual([]);

    const before = await totals(ctx);
    const again = await bringIn(ctx, path);
    expect(again.posted).toMatchObject({ persons: 0, orders: 0, returns: 0, earned: 0, clawed: 0 });
    expect(await totals(ctx)).toEqual(before);

    await bringIn(other.ctx, await write('shuffled.csv', shuffled(rows)));
    expect(await totals(other.ctx)).toEqual(before);

    for (const company of companies) await company.close();
    for (const database of databases) await database.drop();
  },
);
