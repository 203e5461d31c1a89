import { seesStore } from '../../../company/index.ts';
import { programOfBrand } from '../../../loyalty/index.ts';
import {
  ensurePersons,
  erasedAmong,
  resolveProfiles,
  type ProfileRef,
  type ResolvedProfile,
} from '../../../profiles/index.ts';
import type { Context } from '../../../platform/context.ts';
import { callFunction } from '../../../platform/database/call-function.ts';
import type { InputProblem } from '../../../platform/errors.ts';
import { applyWaitingReturns } from '../returns/apply-waiting.ts';
import { judgeOrder, type Judgement, type NamedShopper } from './judge-order.ts';
import { readKnown } from './known-orders.ts';
import { payloadOf, planRecord, type Judged, type PlannedRecord, type RecordingRun } from './plan-record.ts';
import type { OrderResult, RecordedOrder } from './recorded-order.ts';

/** A record that writes, before the persons it names are made. */
type Writing = Omit<Judged, 'shopperId'> & { readonly shopper: NamedShopper };

/** Judges and stores records that do not concern each other: a handful of statements for all of them. */
export async function writeRun(
  tx: Context,
  source: string,
  run: readonly RecordedOrder[],
): Promise<Map<RecordedOrder, OrderResult>> {
  const named = await nameShoppers(tx, run);
  const known = await readKnown(tx, source, run, await accountsOf(tx, run, named));
  const sees = (storeId: string) => seesStore(tx.actor, storeId);
  const results = new Map<RecordedOrder, OrderResult>();
  const writing: Writing[] = [];
  for (const record of run) {
    const shopper = named.get(record) ?? null;
    if (shopper === 'UNKNOWN' || shopper === 'ERASED') {
      results.set(record, answer(record, 'REJECTED', { problems: [shopper === 'ERASED' ? ERASED : NOBODY] }));
      continue;
    }
    const judgement = judgeOrder(record, shopper, known, sees);
    if (judgement.is === 'KNOWN' || judgement.is === 'CONFLICT') results.set(record, told(record, judgement));
    else writing.push({ record, judgement, shopper });
  }
  for (const [record, result] of await write(tx, { source, known, walkIns: new Map() }, writing))
    results.set(record, result);
  return results;
}

const NOBODY: InputProblem = { path: ['profile'], code: 'UNKNOWN', message: 'nobody is known by this' };
const ERASED: InputProblem = { path: ['profile'], code: 'ERASED', message: 'was a person who was erased' };

function answer(
  record: RecordedOrder,
  status: OrderResult['status'],
  facts: Partial<OrderResult>,
): OrderResult {
  return { externalId: record.externalId, status, orderId: null, earned: 0, problems: [], ...facts };
}

/** Of a record that writes nothing. */
function told(
  record: RecordedOrder,
  judgement: Extract<Judgement, { is: 'KNOWN' | 'CONFLICT' }>,
): OrderResult {
  const { order } = judgement;
  if (judgement.is === 'KNOWN') {
    return answer(record, 'UNCHANGED', { orderId: judgement.order.id, earned: judgement.order.earned });
  }
  const { problems } = judgement;
  return answer(record, 'CONFLICT', { orderId: order?.id ?? null, earned: order?.earned ?? 0, problems });
}

/** Only a phone or e-mail makes a person; a card, number or id nobody has is a mistake. */
async function nameShoppers(
  tx: Context,
  run: readonly RecordedOrder[],
): Promise<Map<RecordedOrder, NamedShopper | Refused>> {
  const refs = run.flatMap((record) => (record.shopper === null ? [] : [{ record, ref: record.shopper }]));
  const found = await resolveProfiles(
    tx,
    refs.map(({ ref }) => ref),
  );
  const unknown = refs.flatMap(({ ref }, index) =>
    ref.by === 'IDENTITY' && (found[index] ?? null) === null ? [ref.blindIndex] : [],
  );
  const erased = await erasedAmong(tx, unknown);
  return new Map(refs.map(({ record, ref }, index) => [record, whoIs(ref, found[index] ?? null, erased)]));
}

/** Nobody, or somebody no record brings back. */
type Refused = 'UNKNOWN' | 'ERASED';

function whoIs(
  ref: ProfileRef,
  profile: ResolvedProfile | null,
  erased: ReadonlySet<string>,
): NamedShopper | Refused {
  if (ref.by === 'IDENTITY' && erased.has(ref.blindIndex)) return 'ERASED';
  if (profile !== null) return profile.kind === 'PERSON' ? profile : 'UNKNOWN';
  const opens = ref.by === 'IDENTITY' && (ref.identity.kind === 'PHONE' || ref.identity.kind === 'EMAIL');
  return opens ? 'NEW' : 'UNKNOWN';
}

async function accountsOf(
  tx: Context,
  run: readonly RecordedOrder[],
  named: ReadonlyMap<RecordedOrder, NamedShopper | Refused>,
): Promise<{ profileId: string; programId: string }[]> {
  const accounts: { profileId: string; programId: string }[] = [];
  for (const record of run) {
    const shopper = named.get(record);
    if (shopper === null || typeof shopper !== 'object') continue;
    const program = await programOfBrand(tx, record.store.brandId);
    if (program !== null) accounts.push({ profileId: shopper.id, programId: program.id });
  }
  return accounts;
}

/** Makes the persons that are new, each in the store where they bought first. */
async function withPersons(tx: Context, writing: readonly Writing[]): Promise<Judged[]> {
  const made = new Map<RecordedOrder, string>();
  const fresh = Map.groupBy(
    writing.filter(({ shopper }) => shopper === 'NEW'),
    ({ record }) => record.store.id,
  );
  for (const [preferredStoreId, ofStore] of fresh) {
    const refs = ofStore.flatMap(({ record }) => (record.shopper === null ? [] : [record.shopper]));
    const persons = await ensurePersons(tx, refs, { preferredStoreId });
    for (const [index, { record }] of ofStore.entries()) {
      const person = persons[index];
      if (!person) throw new Error(`record ${record.externalId} names somebody who cannot be`);
      made.set(record, person.id);
    }
  }
  return writing.map(({ record, judgement, shopper }) => ({
    record,
    judgement,
    shopperId: shopper === 'NEW' ? (made.get(record) ?? null) : (shopper?.id ?? null),
  }));
}

async function write(
  tx: Context,
  run: RecordingRun,
  writing: readonly Writing[],
): Promise<Map<RecordedOrder, OrderResult>> {
  if (writing.length === 0) return new Map();
  const planned: PlannedRecord[] = [];
  for (const judged of await withPersons(tx, writing)) planned.push(await planRecord(tx, run, judged));
  const posted = await callFunction<{ orderId: string; earned: number }[]>(
    tx.sql,
    'record_orders',
    payloadOf(tx, run, planned),
  );
  const earned = new Map(posted.map((order) => [order.orderId, order.earned]));
  await applyWaitingReturns(
    tx,
    planned.map(({ orderId }) => orderId),
  );
  return new Map(
    planned.map(({ record, orderId, created }) => [
      record,
      answer(record, created ? 'CREATED' : 'UPDATED', { orderId, earned: earned.get(orderId) ?? 0 }),
    ]),
  );
}
