import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { useContext } from '@clientele/api/src/testing/use-context.ts';
import {
  aCouponCompany,
  presented,
  purchaseWith,
  type CouponCompany,
  type SentCoupon,
} from './coupon-company.ts';
import { couponKey, readCoupons, type CouponData } from './read-coupons.ts';

const folder = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'complete-journey');
const missing = !existsSync(folder);

const run = useContext();
const DAY_MS = 86_400_000;

let data: CouponData;
let company: CouponCompany;

beforeAll(async () => {
  if (missing) return;
  data = readCoupons(folder);
  company = await aCouponCompany(run.ctx, data);
});

const at = (date: string, days = 0): Date => new Date(Date.parse(date) + days * DAY_MS + DAY_MS / 2);
const goodsOf = (coupon: SentCoupon): readonly string[] => data.goods.get(couponKey(coupon)) ?? [];
const campaignOf = ({ campaign }: SentCoupon) => {
  const found = data.campaigns.get(campaign);
  if (found === undefined) throw new Error('a coupon of no campaign');
  return found;
};

/** The coupon as it was used. */
const used = (coupon: SentCoupon) => ({ ...coupon, product: goodsOf(coupon)[0] ?? '', at: at(coupon.date) });

/** What each of some attempts was refused with, counted; `ACCEPTED` for what was not. */
async function outcomes(
  attempt: (coupon: SentCoupon) => ReturnType<typeof used>,
  sent = company,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const coupon of sent.coupons) {
    const { at: moment, ...tried } = attempt(coupon);
    run.ctx.clock.set(moment);
    const { refusedCodes, discount } = await presented(run.ctx, sent, tried);
    const outcome = refusedCodes[0]?.reason ?? (discount === 100 ? 'ACCEPTED' : 'NO DISCOUNT');
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

test.skipIf(missing)(
  'every coupon that people really used would be refused on other days (needs ../shared/data)',
  async () => {
    const all = data.redemptions.length;
    expect(all).toBe(1_148);
    const after = (coupon: SentCoupon) => ({ ...used(coupon), at: at(campaignOf(coupon).to, 1) });
    const before = (coupon: SentCoupon) => ({ ...used(coupon), at: at(campaignOf(coupon).from, -1) });
    expect(await outcomes(after)).toEqual({ EXPIRED: all });
    expect(await outcomes(before)).toEqual({ NOT_YET: all });
  },
);

test.skipIf(missing)(
  '… in other hands (needs ../shared/data)',
  async () => {
    const households = [...company.profiles.keys()];
    const moved = (coupon: SentCoupon) => ({
      ...used(coupon),
      household: households[(households.indexOf(coupon.household) + 1) % households.length] ?? '',
    });
    expect(await outcomes(moved)).toEqual({ OTHER_SHOPPER: data.redemptions.length });
  },
  60_000,
);

test.skipIf(missing)(
  '… and for other coupons or goods (needs ../shared/data)',
  async () => {
    const products = [...new Set([...data.goods.values()].map(([first = '']) => first))];
    const others = (coupon: SentCoupon) => {
      const own = new Set(goodsOf(coupon));
      return products.find((product) => !own.has(product)) ?? '';
    };
    const otherGoods = (coupon: SentCoupon) => ({ ...used(coupon), product: others(coupon) });
    // A coupon of the same campaign that this household was never sent.
    const otherCoupon = (coupon: SentCoupon) => ({
      ...used(coupon),
      code: `${coupon.campaign}-${coupon.upc}9-${coupon.household}-1`,
    });
    expect(await outcomes(otherGoods)).toEqual({ CONDITIONS: data.redemptions.length });
    expect(await outcomes(otherCoupon)).toEqual({ UNKNOWN: data.redemptions.length });
  },
  60_000,
);

test.skipIf(missing)(
  'all 1,148 are accepted as they were used, each once (needs ../shared/data)',
  async () => {
    const own = await aCouponCompany(run.ctx, data);
    expect(await outcomes(used, own)).toEqual({ ACCEPTED: 1_148 });
    const conflicts: unknown[] = [];
    for (const coupon of own.coupons) {
      run.ctx.clock.set(at(coupon.date));
      const purchase = purchaseWith(run.ctx, own, coupon);
      await purchase.hold([coupon.code]);
      conflicts.push(...(await purchase.redeem()));
    }
    expect(conflicts).toEqual([]);
    expect(await outcomes(used, own)).toEqual({ USED: 1_148 });
  },
);
