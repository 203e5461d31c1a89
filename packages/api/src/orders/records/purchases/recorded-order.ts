import { lineGross } from '@clientele/shared/money';
import { profileRefReader, type ProfileRef, type ProfileRefInput } from '../../../profiles/index.ts';
import type { Context } from '../../../platform/context.ts';
import { hashContent } from '../../../platform/database/idempotent.ts';
import { InvalidInput, type InputProblem } from '../../../platform/errors.ts';
import type { RecordStatus } from '../../../platform/graphql/record-status.ts';
import { localId } from '../../../platform/graphql/global-id.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { parseReceipts, type ParsedReceipt, type ReceiptInput } from '../../order/receipt-input.ts';
import {
  checkLines,
  MAX_RECORDED_LINES,
  parseAmount,
  parseLines,
  type LineInput,
  type ParsedLine,
} from '../../quote/draft.ts';
import type { RecordPlaces, RecordStore } from '../record-places.ts';
import { judgeRecordedTime, type RecordedMoment } from '../recorded-time.ts';
import { spreadDiscount } from './spread-discount.ts';

/** A purchase that has happened, as the API takes it. */
export interface RecordedOrderInput {
  externalId: string;
  occurredAt: Date;
  storeCode: string;
  channel: 'STORE' | 'ONLINE';
  cashierId?: string | null | undefined;
  profile?: ProfileRefInput | null | undefined;
  lines: readonly LineInput[];
  discount?: string | null | undefined;
  cancelled: boolean;
  receipts: readonly ReceiptInput[];
}

/** A record after parsing; its discount stands on the lines. */
export interface RecordedOrder {
  readonly externalId: string;
  readonly moment: RecordedMoment;
  readonly store: RecordStore;
  readonly channel: 'STORE' | 'ONLINE';
  readonly cashierId: string | null;
  readonly shopper: ProfileRef | null;
  readonly lines: readonly ParsedLine[];
  readonly cancelled: boolean;
  readonly receipts: readonly ParsedReceipt[];
  /** Of what was sold, where and when: copies of one purchase are told by it. */
  readonly contentHash: string;
}

/** What is wrong with a record, by path from the record inwards. */
export interface Rejected {
  readonly externalId: string;
  readonly problems: InputProblem[];
}

/** What became of one record. */
export interface OrderResult {
  externalId: string;
  status: RecordStatus;
  orderId: string | null;
  /** Points. */
  earned: number;
  problems: InputProblem[];
}

/** Tells hashes of records from those of other ways in. */
export const RECORD_HASH = 'record:';

const LONGEST_ID = 200;

export function isRejected(record: RecordedOrder | Rejected): record is Rejected {
  return 'problems' in record;
}

/** Reads one record; whatever is wrong with it is told by path. */
export function parseRecordedOrder(
  ctx: Context,
  source: string,
  places: RecordPlaces,
  input: RecordedOrderInput,
): RecordedOrder | Rejected {
  const problems = new InputProblems();
  const externalId = problems.text(input.externalId, ['externalId'], LONGEST_ID) ?? '';
  checkLines(input.lines, ['lines'], problems, MAX_RECORDED_LINES);
  const store = places.stores.get(input.storeCode.trim());
  if (store === undefined) problems.add(['storeCode'], 'UNKNOWN', 'is no store of this caller');
  const cashierId = parseCashier(places, input.cashierId, problems);
  if (store === undefined || problems.list.length > 0) {
    return { externalId: input.externalId, problems: problems.list };
  }
  const lines = discounted(input, store.currency, problems);
  const receipts = parseReceipts(input.receipts, store.currency, ['receipts'], problems);
  const shopper = parseShopperOf(ctx, source, store, input.profile, problems);
  if (problems.list.length > 0) return { externalId: input.externalId, problems: problems.list };
  const { channel, cancelled } = input;
  const moment = judgeRecordedTime(input.occurredAt, ctx.clock.now());
  const contentHash = contentHashOf({ told: moment.told, storeId: store.id, channel, lines });
  return { externalId, moment, store, channel, cashierId, shopper, lines, cancelled, receipts, contentHash };
}

function parseCashier(
  places: RecordPlaces,
  id: string | null | undefined,
  problems: InputProblems,
): string | null {
  if (!id) return null;
  const staffId = localId(id, 'Staff');
  if (staffId !== null && places.staff.has(staffId)) return staffId;
  problems.add(['cashierId'], 'UNKNOWN', 'is nobody of the staff');
  return null;
}

function discounted(input: RecordedOrderInput, currency: string, problems: InputProblems): ParsedLine[] {
  const lines = parseLines(input.lines, currency, ['lines'], problems);
  if (input.discount === null || input.discount === undefined) return lines;
  const discount = parseAmount(input.discount, currency, ['discount'], problems);
  if (discount === undefined || problems.list.length > 0) return lines;
  const spread = spreadDiscount(lines, discount);
  if (spread !== null) return spread;
  problems.add(['discount'], 'RANGE', 'is more than its goods and services cost');
  return lines;
}

/** A number without a source is one of the system that records. */
export function parseShopperOf(
  ctx: Context,
  source: string,
  store: RecordStore,
  input: ProfileRefInput | null | undefined,
  problems: InputProblems,
): ProfileRef | null {
  if (!input) return null;
  const { external } = input;
  const ref = external ? { external: { ...external, source: external.source ?? source } } : input;
  try {
    return profileRefReader(ctx, store.country)(ref, 'profile');
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    problems.list.push(...error.problems);
    return null;
  }
}

interface SoldContent {
  told: Date;
  storeId: string;
  channel: string;
  lines: readonly ParsedLine[];
}

/** Names, floor prices and who is concerned may differ between copies of one purchase. */
function contentHashOf({ told, storeId, channel, lines }: SoldContent): string {
  const sold = lines.map(({ sku, kind, quantityMilli, unitPrice, amount, discount }) => [
    sku,
    kind,
    quantityMilli,
    unitPrice,
    amount ?? lineGross(quantityMilli, unitPrice),
    discount ?? 0,
  ]);
  return `${RECORD_HASH}${hashContent({ told, storeId, channel, sold })}`;
}
