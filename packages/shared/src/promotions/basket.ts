import type { GoodsFacts } from '../rules/index.ts';
import { localTime } from '../time/index.ts';
import type { Instant, LocalTime } from '../time/index.ts';
import type { PromotionFacts } from './facts.ts';

/** A line as promotions see it. */
export interface PromotionLine extends GoodsFacts {
  readonly number: number;
  readonly kind: string;
  readonly quantityMilli: number;
  /** Minor units of the whole line before promotions, the till's own discount taken off. */
  readonly price: number;
}

export interface PromotionShopper {
  readonly known: boolean;
  readonly tierCode?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly segmentIds?: readonly string[] | undefined;
  /** YYYY-MM-DD */
  readonly birthDate?: string | undefined;
  readonly ordersBefore?: number | undefined;
  readonly grantedPromotionIds?: readonly string[] | undefined;
}

/** What a promotion may ask about besides its own rules. */
export interface BasketFacts {
  readonly currency: string;
  readonly place: {
    readonly storeId: string;
    readonly channel: 'STORE' | 'ONLINE';
    readonly timezone: string;
  };
  /** Null: nobody known. */
  readonly shopper: PromotionShopper | null;
  readonly occurredAt: Instant;
  readonly lines: readonly PromotionLine[];
  readonly facts: PromotionFacts;
}

/** The same with what is asked by many promotions worked out once. */
export interface Basket extends BasketFacts {
  /** The wall of the store. */
  readonly wall: LocalTime;
  /** Indexes of the lines a promotion is about unless it names others. */
  readonly goodsLines: readonly number[];
  /** Indexes of the lines of a category, a brand, an article. */
  readonly linesOf: Readonly<Record<Facet, ReadonlyMap<string, readonly number[]>>>;
  /** The usable code of each promotion. */
  readonly codes: ReadonlyMap<string, string>;
}

/** What most promotions name goods by. */
export type Facet = 'categories' | 'brands' | 'skus';

export function basketOf(given: BasketFacts): Basket {
  const codes = new Map<string, string>();
  for (const { code, promotionId, refused } of given.facts.codes) {
    if (refused === null && promotionId !== null && !codes.has(promotionId)) codes.set(promotionId, code);
  }
  return {
    ...given,
    wall: localTime(given.occurredAt, given.place.timezone),
    goodsLines: given.lines.flatMap((line, index) => (hasOwnGoods(line) ? [index] : [])),
    linesOf: {
      categories: indexOf(given.lines, ({ categories }) => categories ?? []),
      brands: indexOf(given.lines, ({ brand }) => (brand === undefined ? [] : [brand])),
      skus: indexOf(given.lines, ({ sku }) => [sku]),
    },
    codes,
  };
}

function indexOf(
  lines: readonly PromotionLine[],
  values: (line: PromotionLine) => readonly string[],
): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) {
    for (const value of new Set(values(line))) {
      const known = found.get(value);
      if (known === undefined) found.set(value, [index]);
      else known.push(index);
    }
  }
  return found;
}

/** Delivery, gift cards and fees take part only where a rule's `only` names them. */
function hasOwnGoods({ kind }: PromotionLine): boolean {
  return kind === 'GOODS' || kind === 'SERVICE';
}
