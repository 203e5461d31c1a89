import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface Redemption {
  household: string;
  upc: string;
  campaign: string;
  /** YYYY-MM-DD. */
  date: string;
}

export interface Campaign {
  from: string;
  /** Last day. */
  to: string;
  households: readonly string[];
}

export interface CouponData {
  redemptions: readonly Redemption[];
  campaigns: ReadonlyMap<string, Campaign>;
  /** Goods a coupon of a campaign is for, by `campaign upc`. */
  goods: ReadonlyMap<string, readonly string[]>;
}

export const couponKey = ({ campaign, upc }: Pick<Redemption, 'campaign' | 'upc'>): string =>
  `${campaign} ${upc}`;

/** The coupons of Complete Journey as they were sent out and used. */
export function readCoupons(folder: string): CouponData {
  const table = (name: string): string[][] => {
    const bytes = readFileSync(join(folder, name));
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    // No cell holds a comma or a quote of its own.
    const rows = text.trimEnd().split(/\r?\n/).slice(1);
    return rows.map((row) => row.replaceAll('"', '').split(','));
  };
  const redemptions = table('coupon_redemptions_odd.csv').map(
    ([household = '', upc = '', campaign = '', date = '']) => ({ household, upc, campaign, date }),
  );
  const households = Map.groupBy(table('campaigns_odd.csv'), ([campaign = '']) => campaign);
  const campaigns = new Map(
    table('campaign_descriptions.csv').map(([campaign = '', , from = '', to = '']): [string, Campaign] => [
      campaign,
      { from, to, households: (households.get(campaign) ?? []).map(([, household = '']) => household) },
    ]),
  );
  const used = new Set(redemptions.map(couponKey));
  const goods = new Map<string, string[]>();
  for (const [upc = '', product = '', campaign = ''] of table('coupons.csv.gz')) {
    const key = couponKey({ campaign, upc });
    if (!used.has(key)) continue;
    const known = goods.get(key);
    if (known === undefined) goods.set(key, [product]);
    else known.push(product);
  }
  return { redemptions, campaigns, goods };
}
