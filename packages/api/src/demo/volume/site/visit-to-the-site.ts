import type { Random } from '../../random.ts';
import type { Shelf } from '../goods/baskets.ts';
import { copyText } from '../bulk/row-text.ts';

export interface SiteEvent {
  readonly kind: string;
  /** JSON as COPY reads it. */
  readonly properties: string;
}

const WORDS = [
  'платье',
  'пальто',
  'джинсы',
  'кроссовки',
  'подарок',
  'сумка',
  'пуховик',
  'школа',
  'плед',
  'распродажа',
];
const RARE = [
  { kind: 'REVIEW_APPROVED', properties: '{}' },
  { kind: 'SURVEY', properties: '{"survey":"nps"}' },
  { kind: 'SOCIAL_LINK', properties: '{"network":"vk"}' },
];

/** Somebody comes, looks at this and that, and now and then puts something into the cart, and sometimes buys it. */
export function sessionEvents(
  random: Random,
  { shelf, size }: { shelf: () => Shelf; size: number },
): SiteEvent[] {
  const events: SiteEvent[] = [{ kind: 'VISIT', properties: '{}' }];
  let cart: Shelf | null = null;
  while (events.length < size) {
    if (cart !== null && random.chance(0.5)) {
      events.push(checkout(cart));
      if (events.length < size && random.chance(0.6)) events.push(bought(cart));
      cart = null;
      continue;
    }
    const seen = shelf();
    const drawn = random.next();
    if (drawn < 0.62) events.push(about('VIEW_PRODUCT', seen));
    else if (drawn < 0.76)
      events.push({
        kind: 'VIEW_CATEGORY',
        properties: copyText(`{"category":"${seen.product.categoryPath.join('/')}"}`),
      });
    else if (drawn < 0.86) events.push({ kind: 'SEARCH', properties: `{"query":"${random.pick(WORDS)}"}` });
    else if (drawn < 0.9) events.push({ kind: 'WISHLIST', properties: `{"sku":"${seen.product.sku}"}` });
    else if (drawn < 0.995) {
      events.push(about('CART', seen));
      cart = seen;
    } else events.push(random.pick(RARE));
  }
  return events;
}

function about(kind: string, { product }: Shelf): SiteEvent {
  return { kind, properties: `{"sku":"${product.sku}","price":"${product.prices.RUB}.00"}` };
}

function checkout({ product }: Shelf): SiteEvent {
  return { kind: 'CHECKOUT', properties: `{"total":"${product.prices.RUB}.00"}` };
}

function bought({ product }: Shelf): SiteEvent {
  return { kind: 'PURCHASE', properties: `{"sku":"${product.sku}","total":"${product.prices.RUB}.00"}` };
}
