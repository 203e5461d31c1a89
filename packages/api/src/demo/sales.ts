import { formatMoney } from '@clientele/shared/money';
import { beginOrder, commitOrder, previewOrder, type OrderDraft } from '../orders/index.ts';
import type { Context } from '../platform/context.ts';
import { CATALOGUE, type DemoProduct } from './catalogue.ts';
import type { DemoPerson } from './people.ts';
import { Random } from './random.ts';
import { STORES, type DemoStore } from './stores.ts';

const SALES = 48;
const WORD = 'ОСЕНЬ10';

/** What today's shoppers come for: goods that live promotions speak of, and anything else. */
const WANTED = ['Аксессуары/Носки и колготки', 'Обувь', 'Женщинам', 'Аксессуары'];

/**
 * Sales as tills make them, by the promotions, codes and points of today: so that offers have results to look at.
 * A second time changes nothing.
 * @param source of the people's ids
 */
export async function sellInDemo(
  ctx: Context,
  { people, source }: { people: readonly DemoPerson[]; source: string },
): Promise<void> {
  const random = new Random(20_261_122);
  const seller = { ...ctx, actor: { ...ctx.actor, ownSource: `${source}-tills`, client: `${source}-tills` } };
  for (let number = 1; number <= SALES; number += 1) {
    const person = random.pick(people);
    const store = STORES[person.homeStore];
    if (store === undefined) continue;
    const shopper = { profile: { external: { source, id: person.externalId } } };
    await sell(seller, number, {
      shopper,
      channel: 'STORE',
      storeCode: store.code,
      lines: basketOf(random, store),
      promoCodes: number % 5 === 0 ? [WORD] : [],
      spendPoints: number % 6 === 0 ? { max: true } : null,
    });
  }
}

async function sell(ctx: Context, number: number, draft: OrderDraft): Promise<void> {
  const externalId = `live-${number}`;
  const { hash } = await previewOrder(ctx, draft);
  await beginOrder(ctx, { requestId: `${externalId}-begin`, externalId, draft, quoteHash: hash });
  await commitOrder(ctx, {
    requestId: `${externalId}-commit`,
    order: { external: { id: externalId } },
    receipts: [],
  });
}

function basketOf(random: Random, { currency }: DemoStore): OrderDraft['lines'] {
  const chosen = new Map<string, DemoProduct>();
  for (let left = random.between(1, 3); left > 0; left -= 1) {
    const wanted = random.pick(WANTED);
    const goods = CATALOGUE.filter(({ categoryPath }) => categoryPath.join('/').startsWith(wanted));
    const product = random.pick(goods.length > 0 ? goods : CATALOGUE);
    chosen.set(product.sku, product);
  }
  return [...chosen.values()].map((product) => ({
    sku: product.sku,
    name: product.name,
    quantity: String(product.often === 'SEVERAL' ? 3 : 1),
    unitPrice: formatMoney(product.prices[currency] * 100, currency),
  }));
}
