import { findProgram, programOfBrand, type ProgramRecord } from '../../../loyalty/index.ts';
import { ensureWalkIn } from '../../../profiles/index.ts';
import type { Context } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { callerName } from '../../caller.ts';
import { readLimitsUsed } from '../../quote/limits-used.ts';
import type { Judgement } from './judge-order.ts';
import type { Known, KnownOrder } from './known-orders.ts';
import type { RecordedOrder } from './recorded-order.ts';
import { earningShopper, earnLate, settleRecord, type SettledRecord } from './settle-record.ts';

/** A record that writes: whose the purchase is, null: nobody's. */
export interface Judged {
  readonly record: RecordedOrder;
  readonly judgement: Extract<Judgement, { is: 'NEW' | 'FACT' | 'ADDS' }>;
  readonly shopperId: string | null;
}

type Row = Record<string, unknown>;

/** What `record_orders` is given for one record. */
export interface PlannedRecord {
  readonly record: RecordedOrder;
  readonly orderId: string;
  readonly created: boolean;
  /** Accounts that are posted to. */
  readonly accounts: readonly { readonly programId: string; readonly profileId: string }[];
  readonly number?: Row;
  readonly replaced?: Row;
  readonly order?: Row;
  readonly lines?: readonly Row[];
  readonly fact?: Row;
  readonly addition?: Row;
}

/** Where records are written. */
export interface RecordingRun {
  readonly source: string;
  readonly known: Known;
  /** Owners of what nobody known buys, by store: filled as they are needed. */
  readonly walkIns: Map<string, string>;
}

const MOST_UNKNOWN_SKUS = 20;

/** Calculates one record; writes nothing but the walk-in profile of a place that has none yet. */
export function planRecord(tx: Context, run: RecordingRun, judged: Judged): Promise<PlannedRecord> {
  const { record, judgement, shopperId } = judged;
  if (judgement.is === 'ADDS') return planAddition(tx, run, { record, judgement, shopperId });
  return planSale(tx, run, { record, shopperId, unsold: judgement.is === 'FACT' ? judgement.order : null });
}

/** The payload of `record_orders`. */
export function payloadOf(tx: Context, { source }: RecordingRun, planned: readonly PlannedRecord[]): object {
  const accounts = Map.groupBy(
    planned.flatMap((record) => record.accounts),
    ({ programId }) => programId,
  );
  return {
    source,
    now: tx.clock.now(),
    actor: callerName(tx),
    numbers: planned.flatMap(({ number }) => number ?? []),
    replaced: planned.flatMap(({ replaced }) => replaced ?? []),
    accounts: [...accounts].map(([programId, all]) => ({
      programId,
      profileIds: all.map(({ profileId }) => profileId),
    })),
    orders: planned.flatMap(({ order }) => order ?? []),
    lines: planned.flatMap(({ lines }) => lines ?? []),
    facts: planned.flatMap(({ fact }) => fact ?? []),
    additions: planned.flatMap(({ addition }) => addition ?? []),
  };
}

interface Sale {
  readonly record: RecordedOrder;
  readonly shopperId: string | null;
  /** What was begun or cancelled under this number; its shopper stays, unless the record names another. */
  readonly unsold: KnownOrder | null;
}

async function planSale(tx: Context, run: RecordingRun, sale: Sale): Promise<PlannedRecord> {
  const { record, unsold } = sale;
  const { store, moment } = record;
  const program = await programOfBrand(tx, store.brandId);
  const shopper = sale.shopperId ?? (unsold?.identifiedAt ? unsold.profileId : null);
  const limitsUsed = await readLimitsUsed(tx, program, shopper, moment.occurredAt);
  const settled = settleRecord(record, program, run.known, shopper, limitsUsed);
  const profileId = shopper ?? (await walkInOf(tx, run, store.id));
  const orderId = unsold?.id ?? newId();
  const order = {
    ...orderRow(tx, run.source, sale, settled),
    profile_id: profileId,
    id: orderId,
    identified_at: shopper === null ? null : 'SALE',
  };
  const earner = order.planned_earn === 0 ? [] : accountOf(program, profileId);
  return {
    record,
    orderId,
    created: unsold === null,
    accounts: [...earner, ...accountBefore(unsold)],
    ...(unsold === null
      ? { number: { externalId: record.externalId, storeId: store.id, profileId, orderId } }
      : { replaced: replacing(unsold, profileId, store.id) }),
    order,
    lines: settled.lines.map((line) => ({ ...line, profile_id: profileId, order_id: orderId })),
    fact: {
      orderId,
      profileId,
      receipts: record.receipts,
      skewed: moment.skewed,
      more: eventFacts(settled),
    },
  };
}

function orderRow(tx: Context, source: string, { record, unsold }: Sale, settled: SettledRecord) {
  const { moment, cancelled } = record;
  const { till } = tx.actor;
  return {
    ...settled.sums,
    planned_earn: cancelled ? 0 : settled.sums['planned_earn'],
    source,
    external_id: record.externalId,
    store_id: record.store.id,
    till_id: till?.id ?? null,
    cashier_id: record.cashierId,
    channel: record.channel,
    state: cancelled ? 'CANCELLED' : 'COMMITTED',
    mode: till === null ? 'IMPORT' : 'OFFLINE',
    occurred_at: moment.occurredAt,
    begun_at: unsold?.begunAt ?? null,
    committed_at: cancelled ? null : moment.occurredAt,
    posted_at: tx.clock.now(),
    terms: settled.terms,
    content_hash: record.contentHash,
    revision: (unsold?.revision ?? -1) + 1,
  };
}

function replacing(unsold: KnownOrder, newProfileId: string, storeId: string): Row {
  const { id, profileId, identifiedAt } = unsold;
  return { orderId: id, profileId, identifiedAt, newProfileId, storeId };
}

function eventFacts({ reason, unknownSkus }: SettledRecord): Row {
  return {
    recorded: true,
    ...(reason === null ? {} : { noEarning: reason }),
    ...(unknownSkus.length > 0 ? { unknownSkus: unknownSkus.slice(0, MOST_UNKNOWN_SKUS) } : {}),
  };
}

async function planAddition(
  tx: Context,
  run: RecordingRun,
  { record, judgement, shopperId }: Judged & { judgement: { is: 'ADDS' } },
): Promise<PlannedRecord> {
  const { order, adds } = judgement;
  const program = order.programId === null ? null : await findProgram(tx, order.programId);
  const newShopper = adds.shopper ? shopperId : null;
  return {
    record,
    orderId: order.id,
    created: false,
    accounts: [...accountBefore(order), ...(newShopper === null ? [] : accountOf(program, newShopper))],
    addition: {
      orderId: order.id,
      profileId: order.profileId,
      revision: order.revision,
      receipts: adds.receipts,
      cancel: adds.cancel,
      shopper:
        newShopper === null ? null : await lateShopper(tx, run, { order, program, profileId: newShopper }),
    },
  };
}

async function lateShopper(
  tx: Context,
  { known }: RecordingRun,
  { order, program, profileId }: { order: KnownOrder; program: ProgramRecord | null; profileId: string },
): Promise<Row> {
  const limitsUsed = await readLimitsUsed(tx, program, profileId, new Date(order.occurredAt));
  const shopper = earningShopper(known, program, profileId);
  return { profileId, ...earnLate(order, program, shopper, limitsUsed) };
}

function accountOf(
  program: ProgramRecord | null,
  profileId: string,
): { programId: string; profileId: string }[] {
  return program === null ? [] : [{ programId: program.id, profileId }];
}

/** Of the order's shopper as it stands. */
function accountBefore(order: KnownOrder | null): { programId: string; profileId: string }[] {
  if (order === null || order.identifiedAt === null || order.programId === null) return [];
  return [{ programId: order.programId, profileId: order.profileId }];
}

async function walkInOf(tx: Context, { walkIns }: RecordingRun, storeId: string): Promise<string> {
  const known = walkIns.get(storeId);
  if (known !== undefined) return known;
  const { till } = tx.actor;
  const walkIn = await ensureWalkIn(tx, till === null ? { storeId } : { tillId: till.id });
  walkIns.set(storeId, walkIn);
  return walkIn;
}
