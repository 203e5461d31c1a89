import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calculateReceipt } from '@clientele/shared/receipt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestApp } from '../testing/create-test-app.ts';
import { ledgerViolations } from '../testing/loyalty.builders.ts';
import { tellEvents } from '../testing/events.builders.ts';
import { seedDemoCompany } from './index.ts';
import { DEMO_RULES } from './loyalty-rules.ts';

const it = useTestApp();
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'clientele-demo-'));
  await seedDemoCompany(it.app.context(), { dataDir, url: 'http://127.0.0.1:4000' });
}, 60_000);

afterAll(() => rm(dataDir, { recursive: true, force: true }));

test('some shoppers have reached each tier by a year of purchases, and most none', async () => {
  const { sql } = it.app.context();
  const rows = await sql
    .selectFrom('loyalty_account')
    .select(['tier_code as tier', (eb) => eb.fn.countAll<number>().as('people')])
    .groupBy('tier_code')
    .execute();
  const people = new Map(rows.map((row) => [row.tier, Number(row.people)]));
  expect(people.get('SILVER')).toBeGreaterThan(10);
  expect(people.get('GOLD')).toBeGreaterThan(3);
  expect(people.get('PLATINUM')).toBeGreaterThan(0);
  expect(people.get(null)).toBeGreaterThan(100);
  expect(await ledgerViolations(sql)).toEqual([]);
});

test('telling everybody of everything starts no other count', async () => {
  const { sql } = it.app.context();
  await tellEvents(it.app);
  expect(
    await sql.selectFrom('task').select('kind').where('kind', '=', 'loyalty.recount-tiers').execute(),
  ).toEqual([]);
});

const basket = (sku: string, categories: string[] | undefined, tierCode?: string) =>
  calculateReceipt({
    currency: 'RUB',
    lines: [{ number: 1, kind: 'GOODS', sku, categories, quantityMilli: 1_000, unitPrice: 1_000_000 }],
    settings: DEMO_RULES,
    mode: 'LIVE',
    shopper: { known: true, verified: true, blocked: false, available: 0, tierCode },
    spend: { kind: 'NONE' },
    // A Sunday.
    occurredAt: Date.parse('2026-11-22T09:00:00Z'),
  }).earning.points;

test('shoes count twice for gold at the weekend; goods nobody knows stay plain for everybody', () => {
  expect(basket('FW01-1', ['Обувь', 'Обувь/Женская'], 'GOLD')).toBe(600);
  expect(basket('FW01-1', ['Обувь', 'Обувь/Женская'], 'SILVER')).toBe(300);
  expect(basket('unknown', undefined, 'GOLD')).toBe(300);
  expect(basket('unknown', undefined)).toBe(300);
});
