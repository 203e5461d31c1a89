import { calculateReceipt, presetSettings } from '@clientele/shared/receipt';
import type { DraftLine } from '@clientele/shared/receipt';
import { beforeAll, expect, test } from 'vitest';
import { upsertProducts } from '../catalog/index.ts';
import { activePromotions, type ActivePromotions } from '../offers/index.ts';
import { asSystem } from '../testing/company.builders.ts';
import { useTestApp } from '../testing/create-test-app.ts';
import { CATALOGUE } from './catalogue.ts';
import { createDemoCompany } from './create-demo-company.ts';
import { publishDemoRules } from './loyalty-rules.ts';
import { writeDemoCodes } from './promo-codes.ts';
import { writeDemoSegments } from './segments.ts';
import { writeDemoPromotions } from './promotions.ts';

const it = useTestApp();
let brandId = '';
let active: ActivePromotions = { promotions: [], groups: [] };

beforeAll(async () => {
  const ctx = asSystem(it.app.context());
  const products = CATALOGUE.map(({ sku, name, categoryPath }) => ({ sku, name, categoryPath }));
  await upsertProducts(ctx, { source: 'demo', products });
  ({ brandId } = await createDemoCompany(ctx));
  await writeDemoCodes(ctx, brandId);
  await publishDemoRules(ctx, brandId);
  await writeDemoSegments(ctx);
  await writeDemoPromotions(ctx, brandId);
  active = await activePromotions(ctx, brandId);
});

/** A Saturday at noon in Moscow, on the shopper's birthday and first visit: whatever can apply does. */
function receipt(lines: readonly Partial<DraftLine>[]) {
  return calculateReceipt({
    currency: 'RUB',
    lines: lines.map((line, index) => ({
      number: index + 1,
      sku: 'unknown',
      kind: 'GOODS',
      quantityMilli: 1_000,
      unitPrice: 1_000_000,
      ...line,
    })),
    settings: presetSettings,
    mode: 'LIVE',
    shopper: {
      known: true,
      verified: true,
      blocked: false,
      available: 0,
      birthDate: '1990-11-21',
      ordersBefore: 0,
      grantedPromotionIds: active.promotions.map(({ id }) => id),
    },
    spend: { kind: 'NONE' },
    occurredAt: Date.parse('2026-11-21T09:00:00Z'),
    place: { storeId: 's', channel: 'STORE', timezone: 'Europe/Moscow' },
    promotions: active.promotions,
    promotionGroups: active.groups,
    promotionFacts: {
      uses: {},
      codes: active.promotions.map(({ id }) => ({ code: id, promotionId: id, refused: null })),
    },
  });
}

test('a basket of goods the catalogue does not know stays plain', () => {
  const quote = receipt([{}, { quantityMilli: 5_000 }]);
  expect(quote.promotions.filter(({ applied }) => applied)).toEqual([]);
  expect(quote).toMatchObject({ discount: 0, toPay: 6_000_000, earning: { points: 1_800 } });
});

test('known goods get what is promised', () => {
  const socks = {
    sku: 'AN01-1',
    categories: ['Аксессуары', 'Аксессуары/Носки и колготки'],
    unitPrice: 33_300,
  };
  const quote = receipt([{ ...socks, quantityMilli: 3_000 }]);
  const applied = quote.promotions.filter((verdict) => verdict.applied).map(({ title }) => title);
  expect(applied).toContain('Три по цене двух');
  expect(quote.toPay).toBeLessThanOrEqual(66_600);
});

test('there are promotions of every state, and a second start doubles none', async () => {
  const ctx = asSystem(it.app.context());
  await writeDemoPromotions(ctx, brandId);
  const rows = await ctx.sql
    .selectFrom('promotion')
    .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
    .where('brand_id', '=', brandId)
    .groupBy('state')
    .orderBy('state')
    .execute();
  expect(rows).toEqual([
    { state: 'DRAFT', count: 1 },
    { state: 'ENDED', count: 1 },
    { state: 'LIVE', count: 16 },
    { state: 'PAUSED', count: 1 },
  ]);
});
