import { ensurePersons, ensureWalkIn } from '../../../profiles/index.ts';
import type { Context } from '../../../platform/context.ts';
import { callFunction } from '../../../platform/database/call-function.ts';
import { hashContent } from '../../../platform/database/idempotent.ts';
import type { InputProblem } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { parseReceipts, type ParsedReceipt } from '../../order/receipt-input.ts';
import { parseAmount } from '../../quote/draft.ts';
import { returnRow } from '../../returns/return-order.ts';
import { applyReturn, readReturn, takesReturns, type ReadReturn } from './apply-return.ts';
import { judgeKnownReturn, orderKeyOf } from './judge-return.ts';
import { checkBatch, writeBatch, type RecordBatch } from '../record-batch.ts';
import { readPlaces } from '../record-places.ts';
import { reportRecords } from '../report-records.ts';
import type { Rejected } from '../purchases/recorded-order.ts';
import {
  parseRecordedReturn,
  type LooseReturn,
  type RecordedReturn,
  type RecordedReturnInput,
  type ReturnOfOrder,
  type ReturnResult,
} from './recorded-return.ts';

export interface RecordReturns {
  requestId?: string | null | undefined;
  source: string;
  returns: readonly RecordedReturnInput[];
}

export interface ReturnsRecorded {
  __typename: 'ReturnsRecorded';
  results: ReturnResult[];
}

/**
 * Goods that have come back. Each record is judged on its own, one after the other. One whose order is not here (or
 * not sold) yet waits for it; without an order it is money only, flagged.
 * @throws InvalidInput for the call as a whole @throws IdempotencyConflict
 */
export async function recordReturns(ctx: Context, input: RecordReturns): Promise<ReturnsRecorded> {
  const { source, requestId, returns } = input;
  const batch: RecordBatch = {
    operation: 'recordReturns',
    field: 'returns',
    source,
    requestId,
    records: returns,
  };
  checkBatch(ctx, batch);
  const places = await readPlaces(ctx, returns);
  const records = returns.map((record) => parseRecordedReturn(ctx, source, places, record));
  const content = hashContent(
    records.map((record, index) => ('problems' in record ? returns[index] : record)),
  );
  const results = await writeBatch(ctx, batch, content, async (tx) => {
    const written = await writeRecords(tx, source, records);
    await reportRecords(tx, { kind: 'RETURNS', source, inputs: returns, results: written });
    return written;
  });
  return { __typename: 'ReturnsRecorded', results };
}

async function writeRecords(
  tx: Context,
  source: string,
  records: readonly (RecordedReturn | Rejected)[],
): Promise<ReturnResult[]> {
  const results: ReturnResult[] = [];
  for (const record of records) {
    const written = 'problems' in record ? rejected(record.problems) : await writeRecord(tx, source, record);
    results.push({ externalId: record.externalId, returnId: null, problems: [], ...written });
  }
  return results;
}

type Written = Pick<ReturnResult, 'status'> & Partial<ReturnResult>;

async function writeRecord(tx: Context, source: string, record: RecordedReturn): Promise<Written> {
  const read = await readReturn(tx, source, record);
  const known = judgeKnownReturn(record, read);
  if (known === null) {
    return record.ref === null ? writeLoose(tx, source, record) : writeOfOrder(tx, source, record, read);
  }
  if (known.is !== 'ADDS') return known.result;
  const problems = new InputProblems();
  const receipts = parseReceipts(
    known.receipts,
    read.order?.currency ?? currencyOf(record),
    ['receipts'],
    problems,
  );
  if (problems.list.length > 0) return rejected(problems.list);
  await callFunction(tx.sql, 'record_return_receipts', { source, externalId: record.externalId, receipts });
  return { status: 'UPDATED', returnId: known.returnId };
}

function currencyOf(record: RecordedReturn): string {
  return record.ref === null ? record.store.currency : 'XXX';
}

async function writeOfOrder(
  tx: Context,
  source: string,
  record: ReturnOfOrder,
  read: ReadReturn,
): Promise<Written> {
  const { order } = read;
  if (read.place === 'ELSEWHERE' || (order === null && 'id' in record.ref)) {
    return rejected([{ path: ['order'], code: 'UNKNOWN', message: 'is no order of this caller' }]);
  }
  if (order !== null && takesReturns(order)) {
    const applied = await applyReturn(tx, source, record, { ...read, order });
    return 'problems' in applied
      ? rejected(applied.problems)
      : { status: 'CREATED', returnId: applied.returnId };
  }
  if (read.waiting === null) {
    await callFunction(tx.sql, 'record_waiting_return', {
      source,
      externalId: record.externalId,
      orderKey: orderKeyOf(record.ref, read),
      contentHash: record.contentHash,
      record: { ...record, ref: read.key ?? record.ref },
      now: tx.clock.now(),
    });
  }
  return { status: 'WAITING' };
}

async function writeLoose(tx: Context, source: string, record: LooseReturn): Promise<Written> {
  const { store } = record;
  const problems = new InputProblems();
  const receipts = parseReceipts(record.receipts, store.currency, ['receipts'], problems);
  if (problems.list.length > 0) return rejected(problems.list);
  const profileId = await ownerOf(tx, record);
  if (profileId === null) {
    return rejected([{ path: ['profile'], code: 'UNKNOWN', message: 'nobody is known by this' }]);
  }
  const { returnId } = await callFunction<{ returnId: string }>(
    tx.sql,
    'record_loose_return',
    loosePosting(tx, source, record, profileId, receipts),
  );
  return { status: 'CREATED', returnId };
}

function loosePosting(
  tx: Context,
  source: string,
  { store, moment, lines, externalId, contentHash }: LooseReturn,
  profileId: string,
  receipts: readonly ParsedReceipt[],
): object {
  const now = tx.clock.now();
  const amounts = lines.map(
    ({ amount }) => parseAmount(amount ?? '', store.currency, [], new InputProblems()) ?? 0,
  );
  const moneyBack = amounts.reduce((sum, amount) => sum + amount, 0);
  const place = { store_id: store.id, currency: store.currency };
  const id = newId();
  return {
    now,
    contentHash,
    receipts,
    skewed: moment.skewed,
    return: {
      ...returnRow(place, { moneyBack }, { source, externalId, occurredAt: moment.occurredAt, now }),
      id,
      profile_id: profileId,
      flagged: true,
    },
    lines: lines.map(({ sku, quantityMilli }, index) => ({
      profile_id: profileId,
      return_id: id,
      position: index + 1,
      sku,
      quantity_milli: quantityMilli,
      money_back: amounts[index] ?? 0,
      points_discount: 0,
      print_lines: [],
    })),
  };
}

/** Null: somebody is named whom nobody knows. */
async function ownerOf(tx: Context, { shopper, store }: LooseReturn): Promise<string | null> {
  if (shopper === null) {
    const { till } = tx.actor;
    return ensureWalkIn(tx, till === null ? { storeId: store.id } : { tillId: till.id });
  }
  const [person] = await ensurePersons(tx, [shopper], { preferredStoreId: store.id });
  return person?.kind === 'PERSON' ? person.id : null;
}

function rejected(problems: InputProblem[]): Written {
  return { status: 'REJECTED', problems };
}
