import { readSetting, writeSetting } from '../company/index.ts';
import { upsertProducts, type UpsertProducts } from '../catalog/index.ts';
import { recordOrders } from '../orders/index.ts';
import type { Context } from '../platform/context.ts';
import { globalId } from '../platform/graphql/global-id.ts';
import { upsertProfiles } from '../profiles/index.ts';
import { CATALOGUE } from './catalogue.ts';
import { createDemoCompany } from './create-demo-company.ts';
import { DEMO_COMPANY, type DemoCompany } from './demo-setting.ts';
import { publishDemoRules } from './loyalty-rules.ts';
import { grantDemoOffers } from './offers.ts';
import { demoPeople, type DemoPerson } from './people.ts';
import { writeDemoCodes } from './promo-codes.ts';
import { writeDemoPromotions } from './promotions.ts';
import { DEMO_SOURCE, demoPurchases } from './purchases.ts';
import { sellInDemo } from './sales.ts';
import { writeDemoModels } from './models.ts';
import { writeDemoSegments } from './segments.ts';
import { STORES } from './stores.ts';
import { keepCredentials, writeNewCredentials, type CredentialsPlace } from './write-credentials.ts';

export interface DemoProgress {
  step: 'company' | 'products' | 'shoppers' | 'orders' | 'credentials';
  done: number;
  total: number;
}

export interface DemoOptions extends CredentialsPlace {
  onProgress?: (progress: DemoProgress) => void;
}

const SHOPPERS = 300;
const BATCH = 250;

/**
 * The demo company, whole: made on first start, finished where a start was interrupted, and left alone afterwards.
 * Every step is all or nothing or can be repeated without doubling anything.
 * @param ctx acting as the system
 */
export async function seedDemoCompany(ctx: Context, options: DemoOptions): Promise<void> {
  await alone(ctx, async () => {
    const known = await readSetting(ctx, DEMO_COMPANY);
    if (known?.complete && (await keepCredentials(options))) return;
    const company = known ?? (await createDemoCompany(ctx));
    if (!company.complete) await fill(ctx, company, options);
    await writeNewCredentials(ctx, company, options);
    await writeSetting(ctx, DEMO_COMPANY, { ...company, complete: true });
    options.onProgress?.({ step: 'credentials', done: 1, total: 1 });
  });
}

/** The numbers are arbitrary, only equal everywhere. */
const SEED_LOCK = 4_117_260_017;
const SEED_WAIT_MS = 55_000;

/** Two processes started at once make one company. */
async function alone(ctx: Context, work: () => Promise<void>): Promise<void> {
  const client = await ctx.database.pool.connect();
  try {
    await client.query(`set lock_timeout = ${SEED_WAIT_MS}`);
    await client.query('select pg_advisory_lock($1)', [SEED_LOCK]);
    await work();
  } finally {
    // The connection ends, and with it the lock and the setting.
    client.release(true);
  }
}

async function fill(ctx: Context, company: DemoCompany, { onProgress }: DemoOptions): Promise<void> {
  onProgress?.({ step: 'company', done: 1, total: 1 });
  await writeProducts(ctx);
  onProgress?.({ step: 'products', done: CATALOGUE.length, total: CATALOGUE.length });
  const people = demoPeople(SHOPPERS, STORES);
  await writePeople(ctx, company, people);
  onProgress?.({ step: 'shoppers', done: people.length, total: people.length });
  const cashiers = new Map(
    company.stores.map(({ code, cashierIds }) => [code, cashierIds.map((id) => globalId('Staff', id))]),
  );
  const orders = demoPurchases(new Date(company.startedAt), people, cashiers);
  for (let start = 0; start < orders.length; start += BATCH) {
    const batch = orders.slice(start, start + BATCH);
    const { results } = await recordOrders(ctx, { source: DEMO_SOURCE, orders: batch });
    refuseRejected(results);
    onProgress?.({ step: 'orders', done: start + batch.length, total: orders.length });
  }
  await publishDemoRules(ctx, company.brandId);
  await writeDemoCodes(ctx, company.brandId);
  await writeDemoModels(ctx);
  await writeDemoSegments(ctx);
  await writeDemoPromotions(ctx, company.brandId);
  await grantDemoOffers(ctx, company.brandId, { people, source: DEMO_SOURCE });
  await sellInDemo(ctx, { people, source: DEMO_SOURCE });
}

/** In roubles and in tenge: a price belongs to its currency. */
async function writeProducts(ctx: Context): Promise<void> {
  for (const currency of ['RUB', 'KZT'] as const) {
    const products: UpsertProducts['products'] = CATALOGUE.map((product) => ({
      sku: product.sku,
      name: product.name,
      barcodes: [product.barcode],
      categoryPath: product.categoryPath,
      brand: 'Северный ветер',
      price: `${product.prices[currency]}.00`,
      currency,
      attributes: { color: product.color },
      available: true,
    }));
    const { results } = await upsertProducts(ctx, { source: DEMO_SOURCE, products });
    refuseRejected(results);
  }
}

async function writePeople(ctx: Context, company: DemoCompany, people: readonly DemoPerson[]): Promise<void> {
  const [processing, advertising] = [
    globalId('ConsentText', company.consentTextIds.processing),
    globalId('ConsentText', company.consentTextIds.advertising),
  ];
  const profiles = people.map((person) => ({
    externalId: person.externalId,
    phones: [person.phone],
    emails: person.email === null ? [] : [person.email],
    givenName: person.givenName,
    familyName: person.familyName,
    gender: person.gender,
    birthDate: person.birthDate,
    tags: person.tags,
    consents: [
      { textId: processing, granted: true },
      { textId: advertising, granted: person.advertising },
    ],
  }));
  const { results } = await upsertProfiles(ctx, { requestId: null, source: DEMO_SOURCE, profiles });
  refuseRejected(results);
}

/** The demo's own data is right, or this is a bug. */
function refuseRejected(results: readonly { status: string; problems: readonly unknown[] }[]): void {
  const wrong = results.find(({ problems }) => problems.length > 0);
  if (wrong !== undefined)
    throw new Error(`a record of the demo company was ${wrong.status}: ${JSON.stringify(wrong)}`);
}
