import type { PoolClient } from 'pg';
import type { ProgramRecord } from '../../loyalty/index.ts';
import { readLimitsUsed } from '../../orders/index.ts';
import type { Context } from '../../platform/context.ts';
import { ImportRunning } from '../exchange.errors.ts';
import { inBatch } from './in-batch.ts';
import { calculateEarnings, countsBefore } from './calculate-earnings.ts';
import { writeErrorFile } from './error-file.ts';
import { openStores, type OpenedStores } from './import-stores.ts';
import { startRun } from './import-run.ts';
import type { OrderMapping } from './mapping.ts';
import { startPace, type Pace } from './pace.ts';
import { postReturns } from './post-returns.ts';
import {
  COUNT_SCATTERED,
  CREATE_EARNINGS,
  CREATE_STORES,
  FIND_PERSONS,
  GATHER_ALL,
  GATHER_FEW,
  GROUP_RUNS,
  INDEX_ORDERS,
  JUDGE_ORDERS,
  LIST_LANES,
  LIST_SHOPPERS,
} from './prepare.sql.ts';
import { LIST_RETURNING } from './read-returns.ts';
import { readReport, type ImportReport, type Posted } from './report.ts';
import { shopperKeys } from './shopper-keys.ts';
import { stageFile } from './stage-file.ts';
import { abandonWorkshop, closeWorkshop, openWorkshop, type Workshop } from './workshop.ts';

export type ImportPhase = 'READING' | 'SORTING' | 'PERSONS' | 'ORDERS' | 'RETURNS';

export interface ImportOrders {
  readonly path: string;
  /** Whose order numbers these are. */
  readonly source: string;
  readonly mapping: OrderMapping;
  /** Reads and judges everything, writes nothing. */
  readonly dryRun?: boolean;
  /** Where the rows that are not stored are written, with their problems; written only when there are some. */
  readonly errorFile?: string;
  /** Stops between two pieces of work; what was stored stays, and the same call goes on from there. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (phase: ImportPhase, done: number, of: number) => void;
}

/** Nothing but the file decides the result: with a program, batches are small so that no till waits for an account. */
const BATCH = 20_000;
/** Beside others at work: small enough that a rest comes soon. */
const BATCH_BESIDE = 1_000;
const BATCH_WITH_POINTS = 250;
const RETURNING_BATCH = 50;
/** Storing is the work of one core of the database each; more would leave none to the tills. */
const LANES = 2;
const PERSONS_BATCH = 5_000;
/** Up to one order in so many is brought together in place. */
const FEW = 10;

/**
 * Brings in a file of orders: read by the stream into tables of its own, judged there against what is known, stored
 * batch by batch. What was stored stays: after a kill, the same call goes on where it stood; a second one changes
 * nothing. Points are earned by the version valid when an order happened; returns are matched when all orders stand.
 * @throws UnreadableFile @throws UnusableMapping @throws ImportRunning
 */
export async function importOrders(ctx: Context, input: ImportOrders): Promise<ImportReport> {
  const dryRun = input.dryRun ?? false;
  const opened = await openStores(ctx, input.mapping, dryRun);
  const lanes = lanesFor(opened);
  const workshop = await openWorkshop(ctx, input.source, lanes);
  if (workshop === null) throw new ImportRunning(input.source);
  const { client } = workshop;
  const pace = startPace(ctx.database.pool);
  const run = dryRun ? null : await startRun(ctx, input);
  try {
    const file = await stage(ctx, client, pace, input, opened);
    input.onProgress?.('SORTING', 0, 1);
    await judge(client, pace, input, opened, lanes);
    input.onProgress?.('SORTING', 1, 1);
    const posted = dryRun ? undefined : await store(ctx, workshop, pace, input, opened);
    const errorRows = input.errorFile === undefined ? 0 : await writeErrorFile(client, file, input.errorFile);
    const report = await readReport(client, { ...file, errorRows, posted, currencies: currenciesOf(opened) });
    await run?.('DONE', report);
    await closeWorkshop(workshop);
    return report;
  } catch (error) {
    await run?.(input.signal?.aborted === true ? 'CANCELLED' : 'FAILED', null);
    // The failure is the one to tell of, not that of the cleaning.
    await abandonWorkshop(ctx, workshop).catch((left: unknown) =>
      ctx.log.warn({ err: left }, 'the tables of an import are left for the next one to drop'),
    );
    throw error;
  } finally {
    pace.end();
  }
}

function currenciesOf({ stores }: OpenedStores): string[] {
  return stores.map(({ currency }) => currency);
}

function stage(ctx: Context, client: PoolClient, pace: Pace, input: ImportOrders, opened: OpenedStores) {
  const { mapping, path, source, signal, onProgress } = input;
  return stageFile({
    client,
    pace,
    signal,
    path,
    mapping,
    stores: opened.stores,
    shopperKey: shopperKeys({
      vault: ctx.vault,
      kind: mapping.shopperKind,
      source,
      country: opened.country,
    }),
    onProgress: (done, of) => onProgress?.('READING', done, of),
  });
}

async function judge(
  client: PoolClient,
  pace: Pace,
  { source, mapping }: ImportOrders,
  opened: OpenedStores,
  lanes: number,
) {
  if (!pace.isAlone()) await client.query('set max_parallel_workers_per_gather = 0');
  await client.query(GROUP_RUNS);
  const { rows } = await client.query<{ scattered: number; all: number }>(COUNT_SCATTERED);
  const { scattered, all } = rows[0] ?? { scattered: 0, all: 0 };
  if (scattered > 0) {
    await client.query(scattered * FEW < all ? GATHER_FEW : GATHER_ALL);
    await client.query(GROUP_RUNS);
  }
  await client.query('create index on import_line (run)');
  await client.query(JUDGE_ORDERS, [source, mapping.shopperKind, lanes]);
  await client.query(INDEX_ORDERS);
  await client.query(CREATE_STORES);
  await client.query(
    'insert into import_store select * from unnest($1::smallint[], $2::uuid[], $3::text[], $4::uuid[])',
    [
      opened.stores.map((_, number) => number),
      opened.stores.map(({ id }) => id),
      currenciesOf(opened),
      opened.stores.map(({ walkInProfileId }) => walkInProfileId),
    ],
  );
  await client.query(LIST_SHOPPERS);
}

async function store(
  ctx: Context,
  workshop: Workshop,
  pace: Pace,
  input: ImportOrders,
  opened: OpenedStores,
): Promise<Posted> {
  const { client } = workshop;
  const persons = await makePersons(ctx, workshop, pace, input);
  await client.query(FIND_PERSONS);
  const orders = await storeOrders(ctx, workshop, pace, input, opened);
  const returns = await storeReturns(ctx, client, input, opened);
  return { persons, ...orders, ...returns };
}

async function count(client: PoolClient, query: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(query);
  return rows[0]?.count ?? 0;
}

/** The lanes take batches in turn. */
async function makePersons(
  ctx: Context,
  { client, lanes }: Workshop,
  pace: Pace,
  input: ImportOrders,
): Promise<number> {
  const all = await count(client, 'select count(*) as count from import_shopper');
  let made = 0;
  let next = 1;
  const work = async (lane: PoolClient): Promise<void> => {
    while (next <= all) {
      input.signal?.throwIfAborted();
      const began = performance.now();
      const from = next;
      next += pace.isAlone() ? PERSONS_BATCH : BATCH_BESIDE;
      const to = Math.min(next - 1, all);
      const { rows } = await lane.query<{ made: number }>(
        'select public.import_make_persons($1, $2, $3, $4, $5) as made',
        [from, to, input.mapping.shopperKind, sourceOfIdentity(input), ctx.clock.now()],
      );
      made += rows[0]?.made ?? 0;
      input.onProgress?.('PERSONS', to, all);
      await pace.rest(performance.now() - began);
    }
  };
  await Promise.all(lanes.map(work));
  return made;
}

/** Phones, e-mails and cards are nobody's own numbers. */
function sourceOfIdentity({ mapping, source }: ImportOrders): string {
  return mapping.shopperKind === 'EXTERNAL' ? source : '';
}

interface OrdersPosted {
  orders: number;
  lines: number;
  gross: number;
  earned: number;
}

/** Each lane stores its orders one batch after the other; the lanes do so at the same time. */
async function storeOrders(
  ctx: Context,
  { client, lanes }: Workshop,
  pace: Pace,
  input: ImportOrders,
  opened: OpenedStores,
): Promise<OrdersPosted> {
  const { rows } = await client.query<{ first: number; last: number; orders: number }>(LIST_LANES);
  const all = rows.reduce((sum, { orders }) => sum + orders, 0);
  const batch = batchOf(opened);
  const sum = { orders: 0, lines: 0, gross: 0, earned: 0 };
  const work = async (lane: PoolClient, first: number, last: number): Promise<void> => {
    await lane.query(CREATE_EARNINGS);
    for (let from = first, to = 0; from <= last; from = to + 1) {
      input.signal?.throwIfAborted();
      const began = performance.now();
      to = Math.min(from + (pace.isAlone() ? batch : Math.min(batch, BATCH_BESIDE)) - 1, last);
      const posted = await inBatch(lane, () => storeBatch(ctx, lane, input, opened, from, to));
      sum.orders += posted.orders;
      sum.lines += posted.lines;
      sum.gross += posted.gross;
      sum.earned += posted.earned;
      input.onProgress?.('ORDERS', Math.min(sum.orders, all), all);
      await pace.rest(performance.now() - began);
    }
  };
  await Promise.all(rows.map(({ first, last }, number) => work(lanes[number] ?? client, first, last)));
  return sum;
}

/** Limits over everybody's purchases want all of them in the order of time. */
function lanesFor({ programs }: OpenedStores): number {
  return programs.some(countsBefore) ? 1 : LANES;
}

function batchOf({ programs }: OpenedStores): number {
  if (programs.some(countsBefore)) return 1;
  return programs.some((program) => program !== null) ? BATCH_WITH_POINTS : BATCH;
}

async function storeBatch(
  ctx: Context,
  client: PoolClient,
  input: ImportOrders,
  { programs, stores }: OpenedStores,
  from: number,
  to: number,
) {
  const now = ctx.clock.now();
  const currencies = stores.map(({ currency }) => currency);
  const limitsUsed = (program: ProgramRecord, profileId: string | null, at: Date) =>
    readLimitsUsed(ctx, program, profileId, at);
  await calculateEarnings({ client, programs, currencies, now, limitsUsed }, from, to);
  const payload = {
    from,
    to,
    now,
    source: input.source,
    channel: input.mapping.channel,
    actor: actorOf(input),
  };
  const { rows } = await client.query<{
    reply: { orders: number; lines: number; gross: number; earned: number };
  }>('select public.import_post_orders($1::jsonb) as reply', [JSON.stringify(payload)]);
  return rows[0]?.reply ?? { orders: 0, lines: 0, gross: 0, earned: 0 };
}

async function storeReturns(ctx: Context, client: PoolClient, input: ImportOrders, opened: OpenedStores) {
  await client.query(LIST_RETURNING);
  const all = await count(client, 'select count(*) as count from import_returning');
  const sum = { returns: 0, clawed: 0, linkedLines: 0, unlinkedLines: 0 };
  for (let from = 1; from <= all; from += RETURNING_BATCH) {
    input.signal?.throwIfAborted();
    const to = from + RETURNING_BATCH - 1;
    const { source } = input;
    const options = { client, source, actor: actorOf(input), ...opened, now: ctx.clock.now() };
    const posted = await inBatch(client, () => postReturns(options, from, to));
    sum.returns += posted.returns;
    sum.clawed += posted.clawed;
    sum.linkedLines += posted.linkedLines;
    sum.unlinkedLines += posted.unlinkedLines;
    input.onProgress?.('RETURNS', Math.min(to, all), all);
  }
  return sum;
}

function actorOf({ source }: ImportOrders): string {
  return `import:${source}`;
}
