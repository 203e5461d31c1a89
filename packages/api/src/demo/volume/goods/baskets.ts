import type { CategoryCodes } from './write-products.ts';
import type { Random } from '../../random.ts';
import { GROUPS, type VolumeProduct } from './catalogue.ts';
import { copyText } from '../bulk/row-text.ts';

/** What a line of a product always says. */
export interface Shelf {
  readonly product: VolumeProduct;
  /** sku and name as COPY reads them. */
  readonly names: string;
  /** JSON of what rules asked about the goods. */
  readonly goods: string;
}

/** Goods by group, the popular ones first. */
export interface Shelves {
  readonly all: readonly Shelf[];
  readonly ofGroup: readonly (readonly Shelf[])[];
}

export function stockShelves(
  random: Random,
  products: readonly VolumeProduct[],
  categories: CategoryCodes,
): Shelves {
  const shelves = products
    .map((product) => ({ place: random.next(), product }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ product }) => ({
      product,
      names: `${copyText(product.sku)}\t${copyText(product.name)}`,
      goods: copyText(JSON.stringify({ brand: product.brand, categories: categories(product.categoryPath) })),
    }));
  return {
    all: shelves,
    ofGroup: GROUPS.map((_, group) => shelves.filter(({ product }) => product.group === group)),
  };
}

/** A few goods are bought by everybody, most of them seldom. */
function popular<Item>(random: Random, items: readonly Item[]): Item | undefined {
  return items[Math.floor(random.next() ** 2.2 * items.length)];
}

export interface Piece {
  readonly shelf: Shelf;
  readonly quantity: number;
  /** Minor units. */
  readonly unitPrice: number;
}

/** @param likes positions of the two groups the shopper likes */
export function fillBasket(
  random: Random,
  {
    shelves,
    likes,
    size,
    currency,
  }: { shelves: Shelves; likes: readonly number[]; size: number; currency: 'RUB' | 'KZT' },
): Piece[] {
  const pieces: Piece[] = [];
  while (pieces.length < size) {
    const drawn = random.next();
    const group = drawn < 0.5 ? likes[0] : drawn < 0.75 ? likes[1] : undefined;
    const shelf = popular(
      random,
      group === undefined ? shelves.all : (shelves.ofGroup[group] ?? shelves.all),
    );
    if (shelf === undefined) throw new Error('nothing is sold');
    pieces.push({
      shelf,
      quantity: shelf.product.several ? random.between(1, 3) : random.chance(0.04) ? 2 : 1,
      unitPrice: shelf.product.prices[currency] * 100,
    });
  }
  return pieces;
}
