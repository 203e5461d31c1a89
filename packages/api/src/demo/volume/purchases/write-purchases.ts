import type { Random } from '../../random.ts';
import { fillBasket, type Shelves } from '../goods/baskets.ts';
import type { BulkLoad } from '../bulk/bulk-load.ts';
import type { CodeBook, UsedCode } from '../codes/code-book.ts';
import type { Moments } from '../bulk/in-order-of-time.ts';
import type { PeoplePlan } from '../people/plan-people.ts';
import { NULL, copyText, copyTime } from '../bulk/row-text.ts';
import { returnOf, type ReturnRows } from './returns.ts';
import { SOURCE, type Sale, type SoldLine } from './sale.ts';
import type { Spending } from './spending.ts';
import type { VolumeStore } from '../stores.ts';
import type { TimeOrderedIds } from '../bulk/time-ordered-ids.ts';

export interface WritePurchases {
  readonly load: BulkLoad;
  readonly random: Random;
  readonly ids: TimeOrderedIds;
  readonly plan: PeoplePlan;
  readonly stores: readonly VolumeStore[];
  readonly shelves: Shelves;
  readonly moments: Moments;
  /** How many lines each has. */
  readonly sizes: Uint8Array;
  readonly codes: CodeBook;
  readonly spending: Spending;
  readonly now: number;
  readonly onProgress: (done: number) => void;
}

const ORDER = `profile_id, id, source, external_id, store_id, channel, state, mode, occurred_at, committed_at,
  posted_at, identified_at, currency, gross, discount, to_pay, promotions, content_hash, revision`;
const ORDER_KEY = 'source, external_id, store_id, profile_id, order_id';
const LINE = `profile_id, order_id, number, sku, name, kind, quantity_milli, unit_price, gross, discount,
  points_discount, to_pay, min_unit_price, earnable, redeemable, earn_base, earn_share, discounts, print_lines,
  goods, returned_milli`;

const EVERY = 200;
const ELSEWHERE = 0.08;
const ONLINE = 0.17;
const DISCOUNTED = 0.14;
const RETURNED = 0.04;

/** Purchases in the order they were made, with what came back of them and the codes they were made with. */
export async function writePurchases(input: WritePurchases): Promise<void> {
  const { load, moments, random, plan, now } = input;
  const order = load.table('orders', ORDER);
  const key = load.table('order_key', ORDER_KEY);
  const line = load.table('order_line', LINE);
  const returns = returnTables(load);
  input.codes.open(load);
  for (let index = 0; index < moments.count; index += 1) {
    const person = moments.person(index);
    const sale = saleOf(input, index, person);
    const back =
      sale.code === null && random.chance(RETURNED) ? returnOf(random, input.ids, sale, now) : null;
    if (back !== null)
      for (const [table, rows] of Object.entries(returns))
        for (const row of back.rows[table as keyof ReturnRows]) rows.add(row);
    order.add(orderRow(sale, random.chance(ONLINE), back?.state ?? 'COMMITTED'));
    key.add(`${SOURCE}\t${sale.externalId}\t${sale.store.id}\t${sale.profileId}\t${sale.id}\n`);
    for (const [position, sold] of sale.lines.entries())
      line.add(lineRow(sale, sold, position + 1, back?.returned[position] ?? 0));
    input.spending.note(person, sale, back?.moneyBack ?? 0);
    if (index % EVERY === 0) {
      await load.breathe();
      input.onProgress(index);
    }
  }
  input.codes.close(plan);
  await load.flush();
}

function returnTables(load: BulkLoad): Record<keyof ReturnRows, { add(row: string): void }> {
  return {
    order_return: load.table(
      'order_return',
      'profile_id, id, order_id, source, external_id, store_id, currency, occurred_at, posted_at, money_back',
    ),
    return_line: load.table(
      'return_line',
      'profile_id, return_id, position, number, sku, quantity_milli, money_back, points_discount, print_lines',
    ),
    return_key: load.table('return_key', 'source, external_id, profile_id, return_id, content_hash'),
  };
}

function saleOf(input: WritePurchases, index: number, person: number): Sale {
  const { random, plan, stores, moments, shelves, sizes } = input;
  const at = moments.at(index);
  const home = plan.home[person] ?? 0;
  const store = stores[random.chance(ELSEWHERE) ? random.between(0, stores.length - 1) : home];
  if (store === undefined) throw new Error('there is no such store');
  const likes = [plan.likes[person * 2] ?? 0, plan.likes[person * 2 + 1] ?? 0];
  const { currency } = store;
  const pieces = fillBasket(random, { shelves, likes, size: sizes[index] ?? 1, currency });
  const id = input.ids.next(at);
  const code = input.codes.forPurchase(random, { person, at, orderId: id });
  const percent =
    code === null ? (random.chance(DISCOUNTED) ? random.pick([10, 15, 20, 30]) : 0) : code.percent;
  return {
    id,
    profileId: plan.ids[person] ?? '',
    externalId: `S${index + 1}`,
    at,
    store,
    code,
    lines: pieces.map((piece) => {
      const gross = piece.unitPrice * piece.quantity;
      return { ...piece, gross, discount: Math.floor((gross * percent) / 100) };
    }),
  };
}

function orderRow(sale: Sale, online: boolean, state: string): string {
  const gross = sale.lines.reduce((sum, line) => sum + line.gross, 0);
  const discount = sale.lines.reduce((sum, line) => sum + line.discount, 0);
  const at = copyTime(sale.at);
  return `${sale.profileId}\t${sale.id}\t${SOURCE}\t${sale.externalId}\t${sale.store.id}\t${
    online ? 'ONLINE' : 'STORE'
  }\t${state}\tIMPORT\t${at}\t${at}\t${at}\tSALE\t${sale.store.currency}\t${gross}\t${discount}\t${gross - discount}\t${
    sale.code === null ? NULL : promotionsOf(sale.code, discount)
  }\t${sale.externalId}\t${state === 'COMMITTED' ? 0 : 1}\n`;
}

function promotionsOf({ promotionId, title, code }: UsedCode, discount: number): string {
  return copyText(
    JSON.stringify([{ promotionId, revision: 1, title, times: 1, discount, points: 0, code, limits: null }]),
  );
}

function lineRow(sale: Sale, line: SoldLine, number: number, returned: number): string {
  const { shelf, quantity, unitPrice, gross, discount } = line;
  const toPay = gross - discount;
  const shown = Math.round(toPay / quantity);
  return `${sale.profileId}\t${sale.id}\t${number}\t${shelf.names}\tGOODS\t${quantity * 1_000}\t${unitPrice}\t${gross}\t${discount}\t0\t${toPay}\t0\tt\tt\t0\t0\t${
    discount === 0 ? '[]' : discountsOf(sale.code, discount)
  }\t[{"quantityMilli":${quantity * 1_000},"unitPrice":${shown},"amount":${toPay}}]\t${shelf.goods}\t${returned}\n`;
}

function discountsOf(code: UsedCode | null, amount: number): string {
  if (code === null) return `[{"source":"TILL","amount":${amount}}]`;
  const { promotionId, title } = code;
  return copyText(JSON.stringify([{ source: 'PROMOTION', amount, promotionId, title, code: code.code }]));
}
