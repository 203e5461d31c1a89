import {
  computeRfm,
  readRepeatPurchases,
  readRfmModels,
  rfmTask,
  saveRfmModel,
} from '@clientele/api/src/orders/index.ts';
import { registerTaskKinds } from '@clientele/api/src/platform/tasks/index.ts';
import { readSurroundings } from '@clientele/api/src/segments/index.ts';
import { sharedDataMissing } from '@clientele/api/src/testing/shared-data.ts';
import { createTestDatabase } from '@clientele/api/src/testing/test-database.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCompany } from '../../bench/harness/company.ts';
import { aBrandWithProgram } from '../../bench/import/measure-online-retail.ts';
import { at, bringIn, numbersOf, rowsOf } from './real-shop.ts';

type Company = Awaited<ReturnType<typeof openCompany>>;

let company: Company | null = null;
let drop: () => Promise<void> = async () => {};

/** 6,919 purchases of 2,357 people in eighteen months. */
beforeAll(async () => {
  if (sharedDataMissing) return;
  const database = await createTestDatabase();
  drop = () => database.drop();
  company = await openCompany(database.url);
  registerTaskKinds(company.ctx.database, [rfmTask]);
  await aBrandWithProgram(company.ctx);
  const rows = (await rowsOf('cdnow/cdnow_sample.csv')).map(
    ([, sample = '', date = '', , amount = ''], index) => [
      String(index),
      'cd',
      'CD',
      '1',
      `${date} 12:00:00`,
      amount,
      String(Number(sample)),
      '',
    ],
  );
  const store = {
    code: 'cdnow',
    name: 'CDNOW',
    timeZone: 'America/New_York',
    currency: 'USD',
    country: 'US',
  };
  await bringIn(company.ctx, 'cdnow', rows, store);
});
afterAll(async () => {
  await company?.close();
  await drop();
});

function opened(): Company['ctx'] {
  if (company === null) throw new Error('no company');
  return at(company.ctx, '1998-07-01T00:00:00Z');
}

test.skipIf(sharedDataMissing)(
  'frequency, recency, T and mean repeat value of every customer are the published ones (needs ../shared/data)',
  async () => {
    const ctx = opened();
    const numberOf = await numbersOf(ctx);
    const found = await readRepeatPurchases(
      ctx,
      { lastDay: '1997-09-30', currency: 'USD' },
      await readSurroundings(ctx, new Map()),
    );
    const ours = found.map((row) => [
      numberOf.get(row.profileId),
      row.repeatFrequency,
      (row.repeatRecencyDays / 7).toFixed(2),
      (row.observedDays / 7).toFixed(2),
      (row.meanRepeatValue / 100).toFixed(2),
    ]);
    const published = await rowsOf('clv-published/cdnow_customers_summary_with_transactions.csv');
    const theirs = published.map(([id, x, recency, age, value]) => [
      id,
      Number(x),
      Number(recency).toFixed(2),
      Number(age).toFixed(2),
      Number(value).toFixed(2),
    ]);
    const byNumber = (a: readonly unknown[], b: readonly unknown[]) => Number(a[0]) - Number(b[0]);
    expect(ours).toHaveLength(2_357);
    expect(ours.toSorted(byNumber)).toEqual(theirs.toSorted(byNumber));
  },
);

test.skipIf(sharedDataMissing)(
  'the grid adds up to everybody who bought and to all they paid; equal numbers of orders share a score (needs ../shared/data)',
  async () => {
    const ctx = opened();
    const name = 'CDNOW';
    const id = await saveRfmModel(ctx, {
      name,
      window: { kind: 'ALWAYS' },
      method: 'QUINTILES',
      currency: 'USD',
    });
    await computeRfm(ctx, id);
    const [model] = await readRfmModels(ctx, [id]);
    const cells = model?.cells ?? [];
    const totals = await rowsOf('cdnow/cdnow_sample.csv');
    const cents = totals.reduce((sum, [, , , , amount]) => sum + Math.round(Number(amount) * 100), 0);
    expect(cells.reduce((sum, { people }) => sum + people, 0)).toBe(2_357);
    expect(cells.reduce((sum, cell) => sum + cell.sum, 0)).toBe(cents);
    const orders = [...Map.groupBy(totals, ([, sample]) => sample).values()].map(({ length }) => length);
    const once = orders.filter((count) => count === 1).length;
    expect(once).toBeGreaterThan(2_357 / 2);
    expect(cells.filter(({ f }) => f === 1).reduce((sum, { people }) => sum + people, 0)).toBe(once);
    expect(model?.scale?.bounds.frequency.slice(0, 2)).toEqual([2, 2]);
  },
);
