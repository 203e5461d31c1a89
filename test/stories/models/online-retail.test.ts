import { readFile } from 'node:fs/promises';
import type { Context } from '@clientele/api/src/platform/context.ts';
import { sharedData, sharedDataMissing } from '@clientele/api/src/testing/shared-data.ts';
import { createTestDatabase } from '@clientele/api/src/testing/test-database.ts';
import type { Condition, Moments, Range } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { openCompany } from '../../bench/harness/company.ts';
import type { Expected } from '../../bench/import/check-online-retail.ts';
import { aBrandWithProgram } from '../../bench/import/measure-online-retail.ts';
import { at, bringIn, numbersOf, peopleOf, rowsOf } from './real-shop.ts';

const SOURCE = 'online-retail';
/** A whole year of a shop comes in. */
const LONG = { timeout: 300_000 };

const bought = (range: Range): Condition => ({
  leaf: 'PURCHASES',
  measure: 'COUNT',
  moments: { kind: 'ALWAYS' },
  range,
});
const lastWithin = (moments: Moments): Condition => ({ leaf: 'PURCHASE_DATE', which: 'LAST', moments });
const paidExactly = (pence: number): Condition => ({
  leaf: 'PURCHASES',
  measure: 'SUM',
  currency: 'GBP',
  moments: { kind: 'ALWAYS' },
  range: { least: pence, most: pence },
});

/** How many people fulfil each of some conditions. */
async function counts(
  ctx: Context,
  conditions: Readonly<Record<string, Condition>>,
): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [name, condition] of Object.entries(conditions))
    found[name] = (await peopleOf(ctx, condition)).length;
  return found;
}

/** Pence given back for purchases that are not in the file, by the number of the customer. */
async function givenBackForNothing(ctx: Context): Promise<Map<string, number>> {
  const { rows } = await ctx.database.pool.query<{ number: string; pence: string }>(
    `select i.masked as number, sum(r.money_back) as pence from order_return r
     join identity i on i.profile_id = r.profile_id where r.order_id is null group by 1`,
  );
  return new Map(rows.map(({ number, pence }) => [number, Number(pence)]));
}

test.skipIf(sharedDataMissing)(
  'segments count a real year as published: purchases, days since the last one, the best customers (needs ../shared/data)',
  LONG,
  async () => {
    const database = await createTestDatabase();
    const company = await openCompany(database.url);
    const ctx = at(company.ctx, '2011-12-10T00:00:00Z');
    await aBrandWithProgram(company.ctx);
    const published = JSON.parse(
      await readFile(sharedData('online-retail/expected_aggregates.json'), 'utf8'),
    ) as Expected;
    const rows = await rowsOf('online-retail/online_retail_half.csv.gz');
    const known = rows.filter(([, , , , , , customer]) => customer !== '');

    // The published bins are of invoices, whatever came back of them later.
    const sales = known.filter(([invoice]) => invoice?.startsWith('C') === false);
    await bringIn(company.ctx, SOURCE, sales);
    const byNumber = {
      '1': bought({ least: 1, most: 1 }),
      '2-3': bought({ least: 2, most: 3 }),
      '4-9': bought({ least: 4, most: 9 }),
      '10+': bought({ least: 10 }),
    };
    expect(await counts(ctx, byNumber)).toEqual(published.customers_by_invoice_count);
    const byRecency = {
      '0-29': lastWithin({ kind: 'ROLLING', days: 29 }),
      '30-89': lastWithin({ kind: 'ROLLING', days: 89, endedDays: 29 }),
      '90-179': lastWithin({ kind: 'ROLLING', days: 179, endedDays: 89 }),
      '180+': lastWithin({ kind: 'ROLLING', endedDays: 179 }),
    };
    expect(await counts(ctx, byRecency)).toEqual(published['recency_days_at_2011-12-10']);

    // The published sums are of all that was paid less all that was given back; ours are of what was kept of purchases.
    const best = new Set(published.top10_customers_net_gbp.map(([customer]) => customer));
    const ofBest = known.filter(([, , , , , , customer = '']) => best.has(customer));
    await bringIn(company.ctx, SOURCE, ofBest);
    const numbers = await numbersOf(ctx);
    const beside = await givenBackForNothing(ctx);
    for (const [customer, pounds] of published.top10_customers_net_gbp) {
      const pence = Math.round(Number(pounds) * 100) + (beside.get(customer) ?? 0);
      const found = await peopleOf(ctx, paidExactly(pence));
      expect(found.map((id) => numbers.get(id))).toEqual([customer]);
    }

    await company.close();
    await database.drop();
  },
);
