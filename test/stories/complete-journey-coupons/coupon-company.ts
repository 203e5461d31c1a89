import type { Promotion, PromotionGroup } from '@clientele/shared/promotions';
import { calculateReceipt, type Quote } from '@clientele/shared/receipt';
import type { Context } from '@clientele/api/src/platform/context.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { CodesOfOrder } from '@clientele/api/src/testing/codes.builders.ts';
import { aBrand } from '@clientele/api/src/testing/company.builders.ts';
import { promotionRules } from '@clientele/api/src/testing/promotions.builders.ts';
import { couponKey, type CouponData, type Redemption } from './read-coupons.ts';

/** A coupon in somebody's hand: its code is theirs alone. */
export interface SentCoupon extends Redemption {
  code: string;
}

/**
 * The company that sent the coupons: each coupon of a campaign a promotion on its goods in the campaign's days, with a
 * series of personal codes, one for each time it was used.
 */
export interface CouponCompany {
  brandId: string;
  profiles: ReadonlyMap<string, string>;
  coupons: readonly SentCoupon[];
  /** By `campaign upc`. */
  promotions: ReadonlyMap<string, Promotion>;
  group: PromotionGroup;
}

const DAY_MS = 86_400_000;

export async function aCouponCompany(ctx: Context, data: CouponData): Promise<CouponCompany> {
  const brandId = await aBrand(ctx);
  const group: PromotionGroup = { id: newId(), priority: 0, stacking: 'SEQUENTIAL' };
  const promotions = new Map(
    [...data.goods].map(([key, goods], priority): [string, Promotion] => [
      key,
      promotionOf(key, goods, data, { groupId: group.id, priority }),
    ]),
  );
  const times = new Map<string, number>();
  const coupons = data.redemptions.map((redemption): SentCoupon => {
    const owner = `${redemption.campaign}-${redemption.upc}-${redemption.household}`;
    const number = (times.get(owner) ?? 0) + 1;
    times.set(owner, number);
    return { ...redemption, code: `${owner}-${number}` };
  });
  const profiles = await writeHouseholds(ctx, coupons);
  await writePools(ctx, brandId, promotions, data);
  await writeCodes(ctx, brandId, { coupons, promotions, profiles });
  return { brandId, profiles, coupons, promotions, group };
}

function promotionOf(
  key: string,
  goods: readonly string[],
  data: CouponData,
  place: { groupId: string; priority: number },
): Promotion {
  const { from, to } = daysOf(key, data);
  return {
    ...place,
    id: newId(),
    revision: 1,
    title: key,
    rules: promotionRules({
      when: { from: from.toISOString(), to: to.toISOString(), weekdays: [], hours: null },
      conditions: [{ kind: 'PROMO_CODE' }],
      benefits: [{ kind: 'PERCENT', rateBp: 1_000, goods: { only: { skus: [...goods] } } }],
    }),
  };
}

function daysOf(key: string, { campaigns }: CouponData): { from: Date; to: Date } {
  const campaign = campaigns.get(key.split(' ')[0] ?? '');
  if (campaign === undefined) throw new Error(`no campaign of ${key}`);
  return { from: new Date(campaign.from), to: new Date(Date.parse(campaign.to) + DAY_MS) };
}

/** A household is a person here. */
async function writeHouseholds(ctx: Context, coupons: readonly SentCoupon[]): Promise<Map<string, string>> {
  const profiles = new Map(coupons.map(({ household }) => [household, newId()]));
  const now = ctx.clock.now();
  await ctx.sql
    .insertInto('profile')
    .values(
      [...profiles.values()].map((id) => ({ id, kind: 'PERSON' as const, created_at: now, updated_at: now })),
    )
    .execute();
  return profiles;
}

async function writePools(
  ctx: Context,
  brandId: string,
  promotions: ReadonlyMap<string, Promotion>,
  data: CouponData,
): Promise<void> {
  await ctx.sql
    .insertInto('promo_code_pool')
    .values(
      [...promotions].map(([key, { id }]) => {
        const { from, to } = daysOf(key, data);
        return {
          id,
          brand_id: brandId,
          promotion_id: id,
          name: key,
          kind: 'SINGLE_USE' as const,
          pattern: null,
          alphabet: '0123456789',
          time_zone: 'UTC',
          valid_from: from,
          valid_to: to,
          created_at: ctx.clock.now(),
        };
      }),
    )
    .execute();
}

async function writeCodes(
  ctx: Context,
  brandId: string,
  { coupons, promotions, profiles }: Pick<CouponCompany, 'coupons' | 'promotions' | 'profiles'>,
): Promise<void> {
  const rows = coupons.map((coupon) => ({
    id: newId(),
    pool_id: promotions.get(couponKey(coupon))?.id,
    code: coupon.code,
    profile_id: profiles.get(coupon.household),
  }));
  await ctx.database.pool.query(
    `insert into promo_code (id, pool_id, brand_id, key, code, state, profile_id, issued_at, created_at)
     select id, pool_id, $1, public.promo_code_key(code), code, 'ISSUED', profile_id, $2, $2
     from jsonb_to_recordset($3::jsonb) as sent (id uuid, pool_id uuid, code text, profile_id uuid)`,
    [brandId, ctx.clock.now(), JSON.stringify(rows)],
  );
}

/** One household's way to the till with that coupon. */
export function purchaseWith(
  ctx: Context,
  { brandId, profiles, promotions }: CouponCompany,
  { household, ...coupon }: SentCoupon,
): CodesOfOrder {
  const id = promotions.get(couponKey(coupon))?.id ?? '';
  return new CodesOfOrder(ctx, { id, brandId, promotionId: id }, profiles.get(household) ?? null);
}

/**
 * What the register and the calculation say of a coupon presented now.
 * @param product what is bought: one piece of 10.00
 */
export async function presented(
  ctx: Context,
  company: CouponCompany,
  { product, ...coupon }: SentCoupon & { product: string },
): Promise<Quote> {
  const codes = await purchaseWith(ctx, company, coupon).presented(coupon.code);
  const asked = new Set(codes.map(({ promotionId }) => promotionId));
  return calculateReceipt({
    currency: 'USD',
    lines: [{ number: 1, kind: 'GOODS', sku: product, quantityMilli: 1_000, unitPrice: 1_000 }],
    settings: null,
    mode: 'OFF',
    shopper: { known: true, verified: true, blocked: false, available: 0 },
    spend: { kind: 'NONE' },
    occurredAt: ctx.clock.now().getTime(),
    place: { storeId: company.brandId, channel: 'STORE', timezone: 'UTC' },
    promotions: [...company.promotions.values()].filter(({ id }) => asked.has(id)),
    promotionGroups: [company.group],
    promotionFacts: { uses: {}, codes },
  });
}
