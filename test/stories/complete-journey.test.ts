import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createBrand } from '@clientele/api/src/company/index.ts';
import {
  importOrders,
  importTable,
  openOrderFile,
  readOrderPreset,
  readTableMapping,
} from '@clientele/api/src/exchange/index.ts';
import { useContext } from '@clientele/api/src/testing/use-context.ts';

const data = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'complete-journey');
const run = useContext();
const source = 'complete-journey';

test.skipIf(!existsSync(data))(
  'a shop of Complete Journey comes in whole: goods, households, baskets (needs ../shared/data)',
  async () => {
    const { ctx, folder } = run;
    await createBrand(ctx, { code: 'journey', name: 'Journey' });
    const goods = await importTable(ctx, {
      path: join(data, 'products.csv.gz'),
      source,
      mapping: readTableMapping('PRODUCTS', 'complete-journey-products', '.'),
    });
    expect(goods.report.counts).toEqual({
      CREATED: 92_331,
      UPDATED: 0,
      UNCHANGED: 0,
      CONFLICT: 0,
      REJECTED: 0,
    });

    const households = {
      path: join(data, 'demographics_odd.csv'),
      source,
      mapping: readTableMapping('PROFILES', 'complete-journey-households', '.'),
    };
    expect((await importTable(ctx, households)).report.counts).toMatchObject({ CREATED: 382, REJECTED: 0 });
    expect((await importTable(ctx, households)).report.counts).toMatchObject({ UNCHANGED: 382 });

    const file = await openOrderFile(
      join(data, 'transactions_sample_odd.csv.gz'),
      readOrderPreset('complete-journey-orders', '.'),
      folder,
    );
    const report = await importOrders(ctx, { ...file, source });
    await file.forget();
    expect(report.rows).toBe(37_106);
    const { rows } = await ctx.database.pool.query<{ lines: number; total: string; households: number }>(
      `select count(*)::int as lines, sum(l.to_pay)::text as total, count(distinct o.profile_id)::int as households
       from orders o join order_line l on l.profile_id = o.profile_id and l.order_id = o.id where o.source = $1`,
      [source],
    );
    const refused = report.orders.REJECTED?.lines ?? 0;
    const aside = Object.values(report.setAside).reduce((sum, count) => sum + count, 0);
    expect((rows[0]?.lines ?? 0) + refused + aside).toBe(37_106);
    expect({ ...rows[0], refused, aside }).toEqual({
      lines: 36_900,
      // Of the file: $116,563.16, less the $1.85 of one basket with a price for no pieces, which is refused whole.
      total: '11656131',
      households: 1_187,
      refused: 2,
      // No pieces, no money.
      aside: 204,
    });
  },
  300_000,
);
