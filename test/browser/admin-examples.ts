import type { Browser } from 'playwright-core';
import { importFile } from './admin-import.ts';
import { Admin } from './admin.ts';
import type { Shop } from './shop.ts';

const A_BUYER = {
  query:
    '{ customers(first: 1, filter: { lastOrderFrom: "2000-01-01T00:00:00Z" }) { edges { node { profile { id } } } } }',
  at: ['customers', 'edges', '0', 'node', 'profile', 'id'],
};

/** Where an example of a route's parameter comes from: a query with one value in it, by the route's whole path. */
const EXAMPLES: Record<string, { query: string; at: readonly string[] } | ((shop: Shop) => Promise<string>)> =
  {
    '/data/sources/:code': aSource,
    '/data/schedules/:id': aSchedule,
    '/customers/:id': A_BUYER,
    '/promo-codes/:id': {
      query: '{ promoCodePools(first: 1) { edges { node { id } } } }',
      at: ['promoCodePools', 'edges', '0', 'node', 'id'],
    },
    '/duplicates/with/:id': A_BUYER,
    '/loyalty/retro/:id': aRetroRun,
    '/data/event-kinds/:code': {
      query: '{ eventDefinitions { code } }',
      at: ['eventDefinitions', '0', 'code'],
    },
    '/offers/:id': {
      query: '{ promotions(first: 1, filter: { phases: [RUNNING] }) { edges { node { id } } } }',
      at: ['promotions', 'edges', '0', 'node', 'id'],
    },
    '/segments/:id': {
      query: '{ segments(first: 1) { edges { node { id } } } }',
      at: ['segments', 'edges', '0', 'node', 'id'],
    },
    '/segments/rfm/:id/edit': { query: '{ rfmModels { id } }', at: ['rfmModels', '0', 'id'] },
    '/settings/brands/:id': { query: '{ brands { id } }', at: ['brands', '0', 'id'] },
    '/settings/stores/:id': {
      query: '{ stores(first: 1) { edges { node { id } } } }',
      at: ['stores', 'edges', '0', 'node', 'id'],
    },
    '/settings/tills/:id': {
      query: '{ tills(first: 1) { edges { node { id } } } }',
      at: ['tills', 'edges', '0', 'node', 'id'],
    },
    '/settings/staff/:id': {
      query: '{ staffMembers(first: 1) { edges { node { id } } } }',
      at: ['staffMembers', 'edges', '0', 'node', 'id'],
    },
    '/settings/attributes/:id': {
      query: `mutation { defineAttribute(input: { code: "shoe_size", nameRu: "Размер обуви", nameEn: "Shoe size",
      type: NUMBER, enrichment: { kind: NEWEST } }) { ... on AttributeSaved { attribute { id } } } }`,
      at: ['defineAttribute', 'attribute', 'id'],
    },
  };

/** Counted in the background; there is nothing to grant in the demo. */
async function aRetroRun(shop: Shop): Promise<string> {
  const { programs } = await shop.ask<{ programs: { id: string }[] }>('{ programs { id } }');
  const { planRetroRun } = await shop.ask<{ planRetroRun: { run: { id: string } } }>(
    `mutation ($input: PlanRetroRunInput!) { planRetroRun(input: $input) { ... on RetroRunStarted { run { id } } } }`,
    {
      input: {
        programId: programs[0]?.id,
        from: '2020-01-01T00:00:00Z',
        to: '2026-11-01T00:00:00Z',
        versionNumber: 1,
      },
    },
  );
  return planRetroRun.run.id;
}

const FILE = {
  name: 'shoppers.csv',
  bytes: Buffer.from('Код;Имя;Телефон\ne-1;Эсмеральда;+79165550301\ne-2;Квазимодо;12345\n'),
  source: 'examples',
};

/**
 * Something real behind every parameter of a route: `/settings/brands/:id` → its URL; null where none is known. A file
 * is imported first, so that runs, sources and refused records have something to show.
 */
export async function adminExamples(shop: Shop, browser: Browser): Promise<(path: string) => string | null> {
  const admin = await Admin.signedIn(browser, shop, ['OWNER']);
  const run = await importFile(admin, FILE);
  await admin.close();
  const values = new Map([['/data/imports/:id', decodeURIComponent(run.split('/').at(-1) ?? '')]]);
  for (const [path, example] of Object.entries(EXAMPLES)) {
    const value =
      typeof example === 'function'
        ? await example(shop)
        : textAt(await shop.ask<unknown>(example.query), example.at);
    values.set(path, value);
  }
  return (path) => {
    if (!path.includes(':')) return path;
    const known = [...values].find(([example]) => path === example || path.startsWith(`${example}/`));
    return known === undefined ? null : path.replace(/:\w+(\([^)]*\))?/, encodeURIComponent(known[1]));
  };
}

function textAt(data: unknown, at: readonly string[]): string {
  let value = data;
  for (const step of at) value = (value as Record<string, unknown> | undefined)?.[step];
  if (typeof value !== 'string') throw new Error(`No example at ${at.join('.')}: ${JSON.stringify(data)}`);
  return value;
}

/** A source that brought good and bad products. */
async function aSource(shop: Shop): Promise<string> {
  const products = [
    { sku: 'source-1', name: 'Пальто шерстяное', price: '12990.00' },
    { sku: 'source-2', name: 'Шарф', price: '19.9' },
    { sku: 'source-3', price: '1.999', barcodes: ['4600000000017'] },
    { sku: '', name: 'Без артикула', price: '100.00' },
  ];
  await shop.ask(
    `mutation ($input: UpsertProductsInput!) { upsertProducts(input: $input) { ... on Refusal { code } } }`,
    { input: { source: '1c', products } },
  );
  return 'PRODUCTS~1c';
}

/** A schedule that found nothing to look into yet. */
async function aSchedule(shop: Shop): Promise<string> {
  const mapping = { name: 'Товары 1С', kind: 'PRODUCTS', columns: [{ column: 'sku', field: 'sku' }] };
  const { saveImportPreset } = await shop.ask<{ saveImportPreset: { preset: { id: string } } }>(
    `mutation ($mapping: JSON!) { saveImportPreset(kind: PRODUCTS, name: "Товары 1С", mapping: $mapping) {
      ... on ImportPresetSaved { preset { id } } ... on Refusal { code message } } }`,
    { mapping },
  );
  const { saveExchangeSchedule } = await shop.ask<{ saveExchangeSchedule: { schedule: { id: string } } }>(
    `mutation ($input: SaveExchangeScheduleInput!) { saveExchangeSchedule(input: $input) {
      ... on ExchangeScheduleSaved { schedule { id } } ... on Refusal { code message } } }`,
    {
      input: {
        name: 'Товары из 1С',
        source: '1c',
        kind: 'PRODUCTS',
        place: 'FOLDER',
        location: '1c/products',
        presetId: saveImportPreset.preset.id,
        everyMinutes: 30,
        windowFrom: '22:00',
        windowTo: '06:00',
        timeZone: 'Europe/Moscow',
        enabled: true,
      },
    },
  );
  return saveExchangeSchedule.schedule.id;
}
