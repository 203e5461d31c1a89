import type { Context } from '../../platform/context.ts';
import { daysBefore } from '../../segments/index.ts';
import type { Purchase, PurchaseLine } from '../segment-leaves/purchase.ts';
import { readPurchases } from '../segment-leaves/read-purchases.ts';
import { shareOf, weightOf } from './decayed-weight.ts';

/** Half a year: what was bought before weighs half. */
const HALF_LIFE_DAYS = 180;
/** Fifteen years: what was bought before tells nothing any more. */
const LONGEST_DAYS = 30 * HALF_LIFE_DAYS;
const MOST = 5;

/** Something a shopper likes, and how much of what they paid and kept went for it. */
export interface InterestShare {
  name: string;
  /** Basis points of everything, newer purchases weighing more. */
  share: number;
  /** Whole pieces kept. */
  pieces: number;
}

export interface Interests {
  categories: InterestShare[];
  brands: InterestShare[];
  /** Colours, sizes … by the name of the attribute. */
  attributes: { attribute: string; values: InterestShare[] }[];
  /** Where they buy: STORE, ONLINE. Pieces are purchases here. */
  channels: InterestShare[];
}

/** What somebody bought tells of their taste; five of each kind, the strongest first. */
export async function interestsOf(
  ctx: Pick<Context, 'sql' | 'clock'>,
  profileId: string,
): Promise<Interests> {
  const now = ctx.clock.now();
  const since = daysBefore(now, LONGEST_DAYS);
  const known = await readPurchases(ctx, profileId);
  const purchases = known
    .filter(({ occurredAt }) => occurredAt > since)
    .map((purchase) => ({ ...purchase, weight: weightOf(purchase.occurredAt, HALF_LIFE_DAYS, now) }));
  const all = purchases.reduce((sum, purchase) => sum + weighed(purchase, purchase.paid), 0n);
  const ofLines = (names: (line: PurchaseLine) => readonly string[]) => linesByName(purchases, names, all);
  const attributes = new Set(
    purchases.flatMap(({ lines }) => lines.flatMap(({ goods }) => Object.keys(goods.attributes ?? {}))),
  );
  return {
    categories: ofLines(({ category }) => (category === null ? [] : [category])),
    brands: ofLines(({ goods }) => (goods.brand === undefined ? [] : [goods.brand])),
    attributes: [...attributes].toSorted().map((attribute) => ({
      attribute,
      values: ofLines(({ goods }) => goods.attributes?.[attribute] ?? []),
    })),
    channels: channelsOf(purchases, all),
  };
}

type Weighed = Purchase & { readonly weight: bigint };

interface Part {
  weight: bigint;
  pieces: number;
}

function linesByName(
  purchases: readonly Weighed[],
  names: (line: PurchaseLine) => readonly string[],
  all: bigint,
): InterestShare[] {
  const parts = new Map<string, Part>();
  for (const purchase of purchases)
    for (const line of purchase.lines)
      for (const name of new Set(names(line)))
        add(parts, name, { weight: weighed(purchase, line.paid), pieces: line.keptMilli });
  return strongest(parts, all, 1000);
}

function channelsOf(purchases: readonly Weighed[], all: bigint): InterestShare[] {
  const parts = new Map<string, Part>();
  for (const purchase of purchases)
    add(parts, purchase.channel, { weight: weighed(purchase, purchase.paid), pieces: 1 });
  return strongest(parts, all, 1);
}

function weighed({ weight }: Weighed, paid: number): bigint {
  return weight * BigInt(paid);
}

function add(parts: Map<string, Part>, name: string, { weight, pieces }: Part): void {
  const known = parts.get(name) ?? { weight: 0n, pieces: 0 };
  parts.set(name, { weight: known.weight + weight, pieces: known.pieces + pieces });
}

/** @param unit how many of what was counted make one piece */
function strongest(parts: ReadonlyMap<string, Part>, all: bigint, unit: number): InterestShare[] {
  return [...parts]
    .map(([name, { weight, pieces }]) => ({
      name,
      share: shareOf(weight, all) ?? 0,
      pieces: Math.floor(pieces / unit),
    }))
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1))
    .slice(0, MOST);
}
