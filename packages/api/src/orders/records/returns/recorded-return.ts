import { parseQuantity } from '@clientele/shared/money';
import type { ProfileRef, ProfileRefInput } from '../../../profiles/index.ts';
import type { Context } from '../../../platform/context.ts';
import { hashContent } from '../../../platform/database/idempotent.ts';
import type { InputProblem } from '../../../platform/errors.ts';
import type { RecordStatus } from '../../../platform/graphql/record-status.ts';
import { InputProblems, type InputPath } from '../../../platform/input-problems.ts';
import { parseOrderRef, type OrderRef, type OrderRefInput } from '../../order/order-ref.ts';
import type { ReceiptInput } from '../../order/receipt-input.ts';
import { MAX_ORDER, MAX_RECORDED_LINES, parseAmount } from '../../quote/draft.ts';
import type { RecordPlaces, RecordStore } from '../record-places.ts';
import { parseShopperOf, RECORD_HASH, type Rejected } from '../purchases/recorded-order.ts';
import { judgeRecordedTime, type RecordedMoment } from '../recorded-time.ts';

/** Goods that have come back, as the API takes them. */
export interface RecordedReturnInput {
  externalId: string;
  occurredAt: Date;
  order?: OrderRefInput | null | undefined;
  storeCode?: string | null | undefined;
  profile?: ProfileRefInput | null | undefined;
  lines: readonly RecordedReturnLineInput[];
  receipts: readonly ReceiptInput[];
}

export interface RecordedReturnLineInput {
  /** Of the order's line. */
  number?: number | null | undefined;
  sku?: string | null | undefined;
  quantity: string;
  amount?: string | null | undefined;
}

/** Money stays text until it is known what it is in: the order may not be here yet. */
export interface ReturnedGoods {
  readonly number: number | null;
  readonly sku: string | null;
  readonly quantityMilli: number;
  readonly amount: string | null;
}

/** A record of goods of an order; can wait for it, and holds no contact. */
export interface ReturnOfOrder {
  readonly externalId: string;
  readonly moment: RecordedMoment;
  readonly ref: OrderRef;
  /** Ids of the stores the caller sees; null: all. */
  readonly stores: readonly string[] | null;
  /** Where they were brought; null: where they were sold. */
  readonly storeId: string | null;
  readonly lines: readonly ReturnedGoods[];
  readonly receipts: readonly ReceiptInput[];
  readonly contentHash: string;
}

/** Whose purchase nobody knows: money only. */
export interface LooseReturn extends Omit<ReturnOfOrder, 'ref' | 'storeId'> {
  readonly ref: null;
  readonly store: RecordStore;
  readonly shopper: ProfileRef | null;
}

export type RecordedReturn = ReturnOfOrder | LooseReturn;

/** What became of one record. */
export interface ReturnResult {
  externalId: string;
  status: RecordStatus;
  returnId: string | null;
  problems: InputProblem[];
}

const LONGEST_TEXT = 200;
const MAX_QUANTITY_MILLI = 1_000_000_000;

/** Reads one record; whatever is wrong with it is told by path. */
export function parseRecordedReturn(
  ctx: Context,
  source: string,
  places: RecordPlaces,
  input: RecordedReturnInput,
): RecordedReturn | Rejected {
  const problems = new InputProblems();
  const externalId = problems.text(input.externalId, ['externalId'], LONGEST_TEXT) ?? '';
  const store = storeOf(ctx, places, input, problems);
  const lines = parseGoods(input, problems);
  const ref = input.order ? parseOrderRef(ctx, withSource(input.order, source), ['order'], problems) : null;
  const known = { externalId, moment: judgeRecordedTime(input.occurredAt, ctx.clock.now()), lines };
  const { storeIds } = ctx.actor;
  const facts = {
    ...known,
    stores: storeIds === 'ALL' ? null : storeIds,
    receipts: input.receipts,
    contentHash: `${RECORD_HASH}${hashContent({ told: known.moment.told, lines })}`,
  };
  if (ref !== null) {
    if (problems.list.length > 0) return { externalId: input.externalId, problems: problems.list };
    return { ...facts, ref, storeId: store?.id ?? null };
  }
  const amounts = lines.map((line, index) => checkLoose(line, ['lines', index], store, problems));
  if (amounts.reduce((sum, amount) => sum + amount, 0) > MAX_ORDER) {
    problems.add(['lines'], 'RANGE', 'come to more than an order can');
  }
  const shopper = store && parseShopperOf(ctx, source, store, input.profile, problems);
  if (store === undefined || problems.list.length > 0) {
    return { externalId: input.externalId, problems: problems.list };
  }
  return { ...facts, ref, store, shopper: shopper ?? null };
}

/** A number without a source is one of the system that records. */
function withSource(ref: OrderRefInput, source: string): OrderRefInput {
  const { external } = ref;
  return external ? { external: { ...external, source: external.source ?? source } } : ref;
}

function storeOf(
  { actor }: Context,
  { stores }: RecordPlaces,
  { storeCode, order }: RecordedReturnInput,
  problems: InputProblems,
): RecordStore | undefined {
  const code = (storeCode ?? actor.till?.storeCode ?? '').trim();
  const store = stores.get(code);
  if (store === undefined && storeCode) problems.add(['storeCode'], 'UNKNOWN', 'is no store of this caller');
  if (store === undefined && !storeCode && !order) {
    problems.add(['storeCode'], 'REQUIRED', 'names the store where the order is not known');
  }
  return store;
}

function parseGoods({ lines }: RecordedReturnInput, problems: InputProblems): ReturnedGoods[] {
  if (lines.length === 0) problems.add(['lines'], 'REQUIRED', 'has at least one line');
  if (lines.length > MAX_RECORDED_LINES) {
    problems.add(['lines'], 'TOO_MANY', `has ${MAX_RECORDED_LINES} lines at most`);
  }
  return lines.slice(0, MAX_RECORDED_LINES).map((line, index) => {
    const path = ['lines', index];
    const quantityMilli = parseQuantity(line.quantity);
    if (quantityMilli === null) {
      problems.add([...path, 'quantity'], 'FORMAT', 'is a decimal above 0 with up to three digits');
    } else if (quantityMilli > MAX_QUANTITY_MILLI) {
      problems.add([...path, 'quantity'], 'RANGE', 'is too large');
    }
    const number = line.number ?? null;
    const sku = line.sku ? (problems.text(line.sku, [...path, 'sku'], 100) ?? null) : null;
    if (number === null && sku === null)
      problems.add([...path, 'sku'], 'REQUIRED', 'or the number of a line');
    return { number, sku, quantityMilli: quantityMilli ?? 1, amount: line.amount ?? null };
  });
}

/** What is returned without its order says itself what it is and what was paid back. @returns minor units */
function checkLoose(
  { sku, amount }: ReturnedGoods,
  path: InputPath,
  store: RecordStore | undefined,
  problems: InputProblems,
): number {
  if (sku === null)
    problems.add([...path, 'sku'], 'REQUIRED', 'names the goods where the order is not known');
  if (amount === null) {
    problems.add([...path, 'amount'], 'REQUIRED', 'tells the money where the order is not known');
  }
  if (amount === null || store === undefined) return 0;
  return parseAmount(amount, store.currency, [...path, 'amount'], problems) ?? 0;
}
