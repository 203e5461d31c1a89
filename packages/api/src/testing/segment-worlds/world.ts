import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { aPool } from '../codes.builders.ts';
import { aProgram } from '../loyalty.builders.ts';
import { aModel } from '../models.builders.ts';
import { aMember, aShop, type Shop } from '../orders.builders.ts';
import { aConsentText } from '../profiles.builders.ts';
import { aStoreIn, anAttribute } from '../segments.builders.ts';

/** What conditions of a small company name, and what happens in it. */
export interface World {
  readonly shop: Shop;
  readonly stores: readonly { id: string; code: string; zone: string }[];
  readonly programs: readonly string[];
  readonly pools: readonly string[];
  readonly models: readonly string[];
  readonly snapshots: readonly string[];
  /** Of two brands. */
  readonly consentTexts: readonly { id: string; purpose: 'PROCESSING' | 'ADVERTISING' }[];
  readonly attributes: Readonly<Record<'TEXT' | 'NUMBER' | 'BOOLEAN' | 'DATE' | 'MULTI_CHOICE', string>>;
}

/** The goods of every world: code of the own category last. Of a sku that is not here the catalogue knows nothing. */
export const GOODS: readonly { sku: string; path: readonly string[]; brand: string; color: string }[] = [
  { sku: 'BOOT', path: ['clothes', 'shoes'], brand: 'Nord', color: 'black' },
  { sku: 'SANDAL', path: ['clothes', 'shoes'], brand: 'Sud', color: 'red' },
  { sku: 'COAT', path: ['clothes'], brand: 'Nord', color: 'red' },
  { sku: 'TEA', path: ['food'], brand: 'Sud', color: 'black' },
];
export const SKUS: readonly string[] = [...GOODS.map(({ sku }) => sku), 'UNHEARD-OF'];
export const TIERS = ['silver', 'gold'] as const;

/** Stores in three zones, goods, programs and the rest; once for a database. */
export async function aWorld(ctx: Context): Promise<World> {
  const shop = await aShop(ctx);
  const other = await aShop(ctx);
  const [almaty, berlin] = [
    await aStoreIn(ctx, shop, 'Asia/Almaty'),
    await aStoreIn(ctx, shop, 'Europe/Berlin'),
  ];
  await goods(ctx);
  const texts = [shop.brandId, other.brandId].flatMap((brandId) =>
    (['PROCESSING', 'ADVERTISING'] as const).map(async (purpose) => ({
      id: await aConsentText(ctx, { brandId, purpose }),
      purpose,
    })),
  );
  return {
    shop,
    stores: [
      { id: shop.storeId, code: shop.storeCode, zone: 'Europe/Moscow' },
      { ...almaty, zone: 'Asia/Almaty' },
      { ...berlin, zone: 'Europe/Berlin' },
    ],
    programs: [shop.programId, await aProgram(ctx)],
    pools: [(await aPool(ctx)).id, (await aPool(ctx, { kind: 'GENERIC' })).id],
    models: [
      await aModel(ctx, { window: { kind: 'ROLLING', days: 100 } }),
      await aModel(ctx, { window: { kind: 'ALWAYS' } }),
    ],
    snapshots: [newId(), newId()],
    consentTexts: await Promise.all(texts),
    attributes: {
      TEXT: await anAttribute(ctx, 'TEXT'),
      NUMBER: await anAttribute(ctx, 'NUMBER'),
      BOOLEAN: await anAttribute(ctx, 'BOOLEAN'),
      DATE: await anAttribute(ctx, 'DATE'),
      MULTI_CHOICE: await anAttribute(ctx, 'MULTI_CHOICE'),
    },
  };
}

/** @returns ids of so many people nobody knows anything of yet */
export async function somePeople(ctx: Context, { shop }: World, count: number): Promise<string[]> {
  const people: string[] = [];
  for (let index = 0; index < count; index += 1) people.push(await aMember(ctx, shop));
  return people;
}

async function goods(ctx: Context): Promise<void> {
  const now = ctx.clock.now();
  for (const { sku, path, brand, color } of GOODS) {
    const code = path.at(-1);
    await sql`insert into category (id, code, name, path) values (${newId()}, ${code}, ${code}, ${[...path]}::text[])
      on conflict do nothing`.execute(ctx.sql);
    await sql`insert into product (id, sku, name, category_id, brand, attributes, source, updated_at)
      select ${newId()}, ${sku}, ${sku}, id, ${brand}, ${JSON.stringify({ color: [color] })}::jsonb, 'test', ${now}
      from category where code = ${code} on conflict do nothing`.execute(ctx.sql);
  }
}
