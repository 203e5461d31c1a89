import { allPrograms, type ProgramRecord } from '../../../loyalty/index.ts';
import type { Context } from '../../../platform/context.ts';
import { hashContent } from '../../../platform/database/idempotent.ts';
import { receiptName } from './known-orders.ts';
import { checkBatch, writeBatch, type RecordBatch } from '../record-batch.ts';
import { readPlaces } from '../record-places.ts';
import { reportRecords } from '../report-records.ts';
import {
  isRejected,
  parseRecordedOrder,
  type OrderResult,
  type RecordedOrder,
  type RecordedOrderInput,
  type Rejected,
} from './recorded-order.ts';
import { writeRun } from './write-run.ts';

export interface RecordOrders {
  requestId?: string | null | undefined;
  source: string;
  orders: readonly RecordedOrderInput[];
}

export interface OrdersRecorded {
  __typename: 'OrdersRecorded';
  results: OrderResult[];
}

/**
 * Purchases that have happened: of a till that was offline, of a shop, of the past. Each is judged on its own: a wrong
 * one never stops its neighbours, of two equal ones the second is judged against the first. Discounts are facts,
 * nothing is redeemed; they earn by the program version valid when they happened.
 * @throws InvalidInput for the call as a whole @throws IdempotencyConflict
 */
export async function recordOrders(ctx: Context, input: RecordOrders): Promise<OrdersRecorded> {
  const { source, requestId, orders } = input;
  const batch: RecordBatch = {
    operation: 'recordOrders',
    field: 'orders',
    source,
    requestId,
    records: orders,
  };
  checkBatch(ctx, batch);
  const places = await readPlaces(ctx, orders);
  const records = orders.map((order) => parseRecordedOrder(ctx, source, places, order));
  const content = hashContent(records.map((record, index) => (isRejected(record) ? orders[index] : record)));
  const results = await writeBatch(ctx, batch, content, async (tx) => {
    const written = await writeRecords(tx, source, records);
    await reportRecords(tx, { kind: 'ORDERS', source, inputs: orders, results: written });
    return written;
  });
  return { __typename: 'OrdersRecorded', results };
}

async function writeRecords(
  tx: Context,
  source: string,
  records: readonly (RecordedOrder | Rejected)[],
): Promise<OrderResult[]> {
  const results = new Map<RecordedOrder, OrderResult>();
  const oneByOne = (await allPrograms(tx)).some(countsEarlier);
  const sound = records.filter((record): record is RecordedOrder => !isRejected(record));
  for (const run of runsOf(sound, oneByOne ? 1 : sound.length)) {
    for (const [record, result] of await writeRun(tx, source, run)) results.set(record, result);
  }
  return records.map((record) => {
    if (isRejected(record)) return { ...record, status: 'REJECTED', orderId: null, earned: 0 };
    const result = results.get(record);
    if (result === undefined) throw new Error(`record ${record.externalId} was not judged`);
    return result;
  });
}

/** Where a limit counts what was granted before, each purchase is calculated after the one before it is stored. */
function countsEarlier({ versions }: ProgramRecord): boolean {
  return versions.some(({ settings }) => settings.earningLimits.some(({ window }) => window !== 'RECEIPT'));
}

/** Records that concern each other by number or document are never judged together. */
function* runsOf(records: readonly RecordedOrder[], most: number): Generator<RecordedOrder[]> {
  let run: RecordedOrder[] = [];
  let names = new Set<string>();
  for (const record of records) {
    const own = [
      `number ${record.externalId}`,
      ...record.receipts.map((receipt) => `receipt ${receiptName(receipt)}`),
    ];
    if (run.length >= most || own.some((name) => names.has(name))) {
      yield run;
      run = [];
      names = new Set();
    }
    run.push(record);
    for (const name of own) names.add(name);
  }
  if (run.length > 0) yield run;
}
