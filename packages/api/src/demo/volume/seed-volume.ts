import { readSetting, writeSetting } from '../../company/index.ts';
import { programOfBrand } from '../../loyalty/index.ts';
import type { Context } from '../../platform/context.ts';
import { EVERYBODY_MARKS } from '../../segments/index.ts';
import type { ShopperRows } from '../../profiles/index.ts';
import { createDemoCompany } from '../create-demo-company.ts';
import { DEMO_COMPANY, type DemoCompany } from '../demo-setting.ts';
import { publishDemoRules } from '../loyalty-rules.ts';
import { Random } from '../random.ts';
import { stockShelves } from './goods/baskets.ts';
import { loadInBulk } from './bulk/bulk-load.ts';
import { volumeCatalogue } from './goods/catalogue.ts';
import { openCodeBook } from './codes/code-book.ts';
import { KEEP_TIER_ENTRIES } from './points/count-tiers.sql.ts';
import { defineVolumeAttributes } from './people/define-attributes.ts';
import { definePools, type VolumePool } from './codes/define-pools.ts';
import { demandEmptyEnough } from './empty-enough.ts';
import { mergeDuplicates } from './merge-duplicates.ts';
import { readNames } from './people/names.ts';
import { planPeople, type PeoplePlan } from './people/plan-people.ts';
import { drawSizes, planPurchases } from './purchases/plan-purchases.ts';
import { countSpending } from './purchases/spending.ts';
import { openStores, type VolumeStore } from './stores.ts';
import { TimeOrderedIds } from './bulk/time-ordered-ids.ts';
import { volumeOf, type OnProgress, type Volume } from './volume.ts';
import { writeEvents } from './site/write-events.ts';
import { writePeople } from './people/write-people.ts';
import { writePoints } from './points/write-points.ts';
import { writeProducts, type CategoryCodes } from './goods/write-products.ts';
import { SOURCE } from './purchases/sale.ts';
import { writePurchases } from './purchases/write-purchases.ts';

export interface SeedVolume {
  readonly people: number;
  readonly seed: number;
  /** What becomes of a shopper's rows when two profiles are merged. */
  readonly registry: readonly ShopperRows[];
  readonly onProgress?: OnProgress;
}

/** What was made. */
export interface VolumeSeeded extends Volume {
  readonly products: number;
  readonly stores: number;
}

const HOUR = 3_600_000;
const TIER_DAYS = 400;

/** Tables filled by COPY, with their indexes made afterwards. */
const TABLES = [
  'profile',
  'identity',
  'identity_key',
  'consent',
  'orders',
  'order_key',
  'order_line',
  'order_return',
  'return_line',
  'return_key',
  'promo_code',
  'promo_code_use',
  'event',
  'event_key',
  'loyalty_account',
  'lot',
  'loyalty_journal',
  'loyalty_entry',
  'tier_entry',
  'tier_progress',
  'tier_change',
] as const;

/**
 * A large company: the same people, purchases and visits for the same seed, up to this hour. Its people come all at once
 * or not at all; begun again after an interruption, it goes on with the stores and goods that are there.
 * @param ctx acting as the system @throws NotEmpty
 */
export async function seedVolume(ctx: Context, input: SeedVolume): Promise<VolumeSeeded> {
  const { onProgress = () => undefined } = input;
  const volume = volumeOf(input.people);
  const known = await readSetting(ctx, DEMO_COMPANY);
  await demandEmptyEnough(ctx, known);
  const company = known ?? (await createDemoCompany(ctx));
  const frame = await buildFrame(ctx, company, onProgress);
  // Purchases end with the hour that has begun: made twice within it, the company is the same.
  const now = Math.floor(ctx.clock.now().getTime() / HOUR) * HOUR;
  const plan = planPeople(new Random(input.seed), { volume, stores: frame.stores, now });
  await loadInBulk(
    ctx,
    TABLES,
    (load) => fill(ctx, { load, volume, plan, frame, company, now, seed: input.seed, onProgress }),
    (done, total) => onProgress({ step: 'indexes', done, total }),
  );
  await mergeDuplicates(ctx, input.registry, plan, (done) =>
    onProgress({ step: 'merges', done, total: volume.duplicates }),
  );
  onProgress({ step: 'statistics', done: 0, total: 1 });
  await analyze(ctx);
  await writeSetting(ctx, DEMO_COMPANY, { ...company, complete: true });
  onProgress({ step: 'statistics', done: 1, total: 1 });
  return { ...volume, products: frame.products.length, stores: frame.stores.length };
}

/** What there is before anybody buys: by the use cases of the rooms, committed one by one. */
interface Frame {
  readonly stores: readonly VolumeStore[];
  readonly products: ReturnType<typeof volumeCatalogue>;
  readonly categories: CategoryCodes;
  readonly pools: readonly VolumePool[];
  readonly programId: string;
}

async function buildFrame(ctx: Context, { brandId }: DemoCompany, onProgress: OnProgress): Promise<Frame> {
  onProgress({ step: 'company', done: 0, total: 1 });
  const stores = await openStores(ctx, brandId);
  await defineVolumeAttributes(ctx);
  await publishDemoRules(ctx, brandId);
  const pools = await definePools(ctx, brandId);
  const program = await programOfBrand(ctx, brandId);
  if (program === null) throw new Error('the company has no program');
  const products = volumeCatalogue();
  const categories = await writeProducts(ctx, products, (done) =>
    onProgress({ step: 'products', done, total: products.length }),
  );
  return { stores, products, categories, pools, programId: program.id };
}

interface Fill {
  readonly load: Parameters<Parameters<typeof loadInBulk>[2]>[0];
  readonly volume: Volume;
  readonly plan: PeoplePlan;
  readonly frame: Frame;
  readonly company: DemoCompany;
  readonly now: number;
  readonly seed: number;
  readonly onProgress: OnProgress;
}

/** Each kind of row draws from a row of numbers of its own: more of one changes nothing of the others. */
async function fill(
  ctx: Context,
  { load, volume, plan, frame, company, now, seed, onProgress }: Fill,
): Promise<void> {
  const ids = new TimeOrderedIds(new Random(seed + 1));
  const randomOf = (what: number): Random => new Random(seed * 31 + what);
  const told = (step: 'people' | 'purchases' | 'events' | 'points', total: number) => (done: number) =>
    onProgress({ step, done, total });
  const { stores, pools, programId } = frame;
  await writePeople({
    load,
    plan,
    ids,
    stores,
    now,
    random: randomOf(1),
    names: readNames(),
    identities: { vault: ctx.vault },
    consentTexts: company.consentTextIds,
    onProgress: told('people', plan.count),
  });
  const spending = countSpending(plan.count, now);
  const shelves = stockShelves(randomOf(2), frame.products, frame.categories);
  await writePurchases({
    load,
    plan,
    ids,
    stores,
    shelves,
    spending,
    now,
    random: randomOf(3),
    moments: planPurchases(randomOf(4), plan, { volume, stores, now }),
    sizes: drawSizes(randomOf(5), { count: volume.orders, total: volume.lines }),
    codes: openCodeBook(randomOf(6), { ids, pools, brandId: company.brandId, profileIds: plan.ids, now }),
    onProgress: told('purchases', volume.orders),
  });
  await writeEvents({
    load,
    plan,
    shelves,
    volume,
    now,
    random: randomOf(7),
    onProgress: told('events', volume.events),
  });
  await writePoints({
    load,
    plan,
    ids,
    spending,
    programId,
    now,
    random: randomOf(8),
    onProgress: told('points', plan.count),
  });
  const since = new Date(now - TIER_DAYS * 24 * HOUR);
  await load.client.query(KEEP_TIER_ENTRIES, [programId, since, SOURCE]);
  await load.client.query(LOOK_AT_EVERYBODY);
}

/** No trigger saw who came: segments there are, of a demo company, look at everybody anew. */
const LOOK_AT_EVERYBODY = `
  insert into public.segment_dirty (profile_id)
  select '${EVERYBODY_MARKS.STORES}'
  where exists (select from public.segment where live_condition is not null or next_number is not null)`;

/** The planner knows what has come; as the owner, who alone may tell it. */
async function analyze(ctx: Context): Promise<void> {
  const client = await ctx.database.pool.connect();
  try {
    await client.query('set role none; set statement_timeout = 0');
    await client.query(`analyze ${TABLES.join(', ')}, product, category`);
  } finally {
    client.release(true);
  }
}
