import { sql } from 'kysely';
import * as z from 'zod';
import { readSetting, writeSetting, type SettingKind } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { RequestError } from '../../platform/errors.ts';
import type { EventHandler } from '../../platform/outbox/handlers.ts';
import { startTask, type Report, type TaskKind } from '../../platform/tasks/index.ts';
import {
  allPrograms,
  findProgram,
  forgetPrograms,
  programOfBrand,
  type ProgramRecord,
} from '../program/programs.ts';
import { countTiers } from './count-tiers.ts';
import { keepPurchases } from './keep-purchases.ts';
import { hasTiers, laddersOf } from './ladders.ts';
import type { PurchaseHistory } from './purchase-history.ts';

/** Few enough that a till never waits long for one of them. */
const BATCH = 200;
const TRIES = 5;

export interface TiersRecounted {
  readonly people: number;
  readonly changed: number;
}

/**
 * Counts everybody's tier in a program from what was ever bought: after a change of its ladder, after an import. Doing
 * it again changes nothing more. @param signal stops it between two batches
 */
export async function recountTiers(
  ctx: Context,
  programId: string,
  history: PurchaseHistory,
  { report, signal }: { report?: Report; signal?: AbortSignal } = {},
): Promise<TiersRecounted> {
  const program = await findProgram(ctx, programId);
  if (program === null || !hasTiers(program)) return { people: 0, changed: 0 };
  const startedAt = ctx.clock.now();
  let people = 0;
  let changed = 0;
  const count = async (ids: readonly string[], buyers: boolean): Promise<void> => {
    changed += await retried(() =>
      inTransaction(ctx, (tx) => countBatch(tx, program, ids, buyers ? history : null)),
    );
    people += ids.length;
    report?.(people, null);
  };
  for (let after: string | null = null; !signal?.aborted;) {
    const ids = await history.shoppersAfter(ctx, after, BATCH);
    after = ids.at(-1) ?? null;
    if (after === null) break;
    await count(ids, true);
  }
  // Those who bought nothing: a floor, or a lowest level that asks for nothing.
  for (let after: string | null = null; !signal?.aborted;) {
    const ids = await othersAfter(ctx, programId, after, startedAt);
    after = ids.at(-1) ?? null;
    if (after === null) break;
    await count(ids, false);
  }
  return { people, changed };
}

async function countBatch(
  tx: Context,
  program: ProgramRecord,
  ids: readonly string[],
  history: PurchaseHistory | null,
): Promise<number> {
  if (history !== null) {
    // Nobody is merged away between the reading of their purchases and the keeping.
    const { rows } = await sql<{ id: string }>`
      select id from public.profile where id = any(${[...ids]}::uuid[]) and merged_into is null
      order by id for key share`.execute(tx.sql);
    const kept = rows.map(({ id }) => id);
    const purchases = [];
    for (const { brandId, ...purchase } of await history.purchasesOf(tx, kept)) {
      const of = purchase.programId ?? (await programOfBrand(tx, brandId))?.id;
      if (of === program.id) purchases.push({ ...purchase, programId: of });
    }
    await keepPurchases(tx, purchases);
  }
  return countTiers(tx, program, ids, { reason: 'RULES' });
}

async function othersAfter(
  ctx: Context,
  programId: string,
  after: string | null,
  startedAt: Date,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select account.profile_id as id from public.loyalty_account account
    where account.program_id = ${programId} and account.merged_into is null and account.status <> 'CLOSED'
      and (${after}::uuid is null or account.profile_id > ${after}::uuid)
      and not exists (select from public.tier_progress progress where progress.profile_id = account.profile_id
        and progress.id = ${programId} and progress.counted_at >= ${startedAt})
    order by account.profile_id limit ${BATCH}`.execute(ctx.sql);
  return rows.map(({ id }) => id);
}

/** Somebody was merged, or is at a till, at this very moment: the batch is taken up again. */
async function retried<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left === 0 || !(error instanceof RequestError && error.code === 'BUSY')) throw error;
    }
  }
}

const RECOUNT = 'loyalty.recount-tiers';

export const recountTiersTask = (history: PurchaseHistory): TaskKind => ({
  kind: RECOUNT,
  scope: 'loyalty.read',
  async run(ctx, { programId }, report, signal) {
    const result = await recountTiers(ctx, String(programId), history, { report, signal });
    return signal.aborted ? undefined : { result: { ...result } };
  },
});

/** By program, the ladders everybody was counted by last, or is about to be. */
const countedLadders: SettingKind<Record<string, string>> = {
  name: 'tier-ladders-counted',
  schema: z.record(z.string(), z.string()),
  initial: {},
};

/** A ladder that changes is counted for everybody, today as far as it holds and on the day where it will. */
export const ladderHandler: EventHandler = {
  name: 'loyalty-tier-ladder',
  handle: async (tx, { payload }) => {
    // What was told of must be seen, whatever this process remembers.
    forgetPrograms(tx.database);
    const program = await findProgram(tx, String(payload['programId']));
    if (program !== null && (await noteLadders(tx, program))) await startRecount(tx, program);
  },
};

/** Purchases that were imported tell nobody of themselves. */
export const importedTierHandler: EventHandler = {
  name: 'loyalty-imported-tiers',
  handle: async (tx) => {
    for (const program of await allPrograms(tx)) if (hasTiers(program)) await startRecount(tx, program);
  },
};

async function startRecount(tx: Context, { id }: ProgramRecord): Promise<void> {
  await startTask(tx, { kind: RECOUNT, facts: { programId: id } });
}

/** @returns whether tiers are counted by other ladders than before */
export async function noteLadders(tx: Context, program: ProgramRecord): Promise<boolean> {
  const counted = await readSetting(tx, countedLadders);
  const ladders = signature(program);
  if ((counted[program.id] ?? NO_LADDERS) === ladders) return false;
  await writeSetting(tx, countedLadders, { ...counted, [program.id]: ladders });
  return true;
}

const NO_LADDERS = '[]';

/** Versions that leave the ladder as it was say nothing new. */
function signature(program: ProgramRecord): string {
  const all = laddersOf(program).map(({ from, ladder }) => ({ from, rules: JSON.stringify(ladder) }));
  const changes = all.filter(({ rules }, index) => rules !== all[index - 1]?.rules);
  return hasTiers(program) ? JSON.stringify(changes.map(({ from, rules }) => [from, rules])) : NO_LADDERS;
}
