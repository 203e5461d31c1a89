import type { PromotionRules } from '@clientele/shared/promotions';
import { createPool, grantOfferTo, setPromotionState } from '@clientele/api/src/offers/index.ts';
import type { Context } from '@clientele/api/src/platform/context.ts';
import { aPromotion, promotionRules } from '@clientele/api/src/testing/promotions.builders.ts';
import type { Shop } from './shop.ts';

const { audience } = promotionRules();

/** What the till shows in pictures: something applied, something to take, a gift that is missing, a word to type. */
export interface WalkPromotions {
  /** Granted personally: nobody has it yet. */
  coffee: string;
}

const prepared = new WeakMap<Shop, Promise<WalkPromotions>>();

/** Once a shop. */
export function walkPromotions(shop: Shop): Promise<WalkPromotions> {
  const known = prepared.get(shop) ?? prepare(shop);
  prepared.set(shop, known);
  return known;
}

async function prepare(shop: Shop): Promise<WalkPromotions> {
  const ctx = shop.app.context();
  const brandId = await brandOf(ctx);
  await aPromotion(ctx, {
    brandId,
    name: 'Платья −10 %',
    rules: {
      audience: { ...audience, who: 'MEMBERS' },
      benefits: [{ kind: 'PERCENT', rateBp: 1_000, goods: { only: { categories: ['Женщинам/Платья'] } } }],
      say: 'На все платья сегодня скидка десять процентов',
    },
  });
  await aPromotion(ctx, {
    brandId,
    name: 'Ремень в подарок',
    rules: {
      audience: { ...audience, who: 'MEMBERS' },
      conditions: [{ kind: 'BASKET_SUM', atLeast: { RUB: 600_000 } }],
      benefits: [{ kind: 'GIFT', goods: { only: { categories: ['Аксессуары/Ремни'] } }, quantity: 1 }],
      say: 'К покупке от шести тысяч — ремень в подарок',
    },
  });
  await withCode(shop, { name: 'Весна −5 %', word: 'ВЕСНА' });
  const coffee = await aPromotion(ctx, {
    brandId,
    name: 'Кофе в подарок',
    rules: {
      audience: { ...audience, who: 'GRANTED' },
      benefits: [{ kind: 'TEXT' }],
      say: 'Угостить вас кофе, пока упаковываем?',
    },
  });
  return { coffee };
}

/** A promotion by a word for everybody. @returns its id */
export async function withCode(
  shop: Shop,
  given: { name: string; word: string; rules?: Partial<PromotionRules>; validFrom?: Date; validTo?: Date },
): Promise<string> {
  const ctx = shop.app.context();
  const { name, word, rules = {}, validFrom, validTo } = given;
  const id = await aPromotion(ctx, {
    brandId: await brandOf(ctx),
    name,
    state: 'DRAFT',
    rules: {
      benefits: [{ kind: 'PERCENT', rateBp: 500 }],
      ...rules,
      conditions: [{ kind: 'PROMO_CODE' }, ...(rules.conditions ?? [])],
    },
  });
  await createPool(ctx, {
    promotionId: id,
    name,
    kind: 'GENERIC',
    words: [word],
    ...(validFrom ? { validFrom } : {}),
    ...(validTo ? { validTo } : {}),
  });
  await setPromotionState(ctx, { id, version: 1, state: 'LIVE' });
  return id;
}

/** The promotion as an offer to the shopper behind a phone, for a week. */
export async function offerTo(shop: Shop, phone: string, promotionId: string, reason: string): Promise<void> {
  const ctx = shop.app.context();
  const profileId = await profileBehind(shop, phone);
  await grantOfferTo(ctx, {
    profileId,
    promotionId,
    reason,
    validDays: 7,
    dedupeKey: `${promotionId}:${phone}`,
  });
}

export async function profileBehind(shop: Shop, phone: string): Promise<string> {
  const { profile } = await shop.ask<{ profile: { id: string } }>(
    `query ($phone: Phone!) { profile(ref: { phone: $phone }) { id } }`,
    { phone },
  );
  return atob(profile.id).split(':')[1] ?? '';
}

export async function brandOf(ctx: Context): Promise<string> {
  const { id } = await ctx.sql.selectFrom('brand').select('id').executeTakeFirstOrThrow();
  return id;
}
