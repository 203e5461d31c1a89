import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { Job } from '../../platform/jobs/jobs.ts';
import type { EventHandler } from '../../platform/outbox/handlers.ts';
import { findProgram } from '../program/programs.ts';
import { countTiers } from './count-tiers.ts';

const BATCH = 100;

/** Tiers that change by time alone: purchases that are a year old, tiers kept long enough. @returns how many were due */
export async function countDueTiers(ctx: Context): Promise<number> {
  let counted = 0;
  for (;;) {
    const due = await inTransaction(ctx, countBatch);
    counted += due;
    if (due < BATCH) return counted;
  }
}

async function countBatch(tx: Context): Promise<number> {
  const { rows } = await sql<{ profileId: string; programId: string }>`
    select profile_id as "profileId", id as "programId" from public.tier_progress
    where due_at <= ${tx.clock.now()} order by due_at limit ${BATCH}`.execute(tx.sql);
  for (const programId of [...new Set(rows.map((row) => row.programId))].toSorted()) {
    const ids = rows.filter((row) => row.programId === programId).map((row) => row.profileId);
    const program = await findProgram(tx, programId);
    if (program !== null) await countTiers(tx, program, ids, { reason: 'TIME' });
    await forgetDue(tx, programId, ids);
  }
  return rows.length;
}

/** Whoever is nobody any more, merged or erased, is not asked about again. */
async function forgetDue(tx: Context, programId: string, ids: readonly string[]): Promise<void> {
  await sql`update public.tier_progress set due_at = null
    where id = ${programId} and profile_id = any(${[...ids]}::uuid[]) and due_at <= ${tx.clock.now()}`.execute(
    tx.sql,
  );
}

/** Somebody moved the demo company's clock. */
export const timePassedForTiers: EventHandler = {
  name: 'loyalty-tiers-time-passed',
  handle: async (ctx) => {
    await countDueTiers({ ...ctx, sql: ctx.database.sql, em: ctx.database.em() });
  },
};

export const tierJobs: readonly Job[] = [
  {
    name: 'loyalty-due-tiers',
    cron: '* * * * *',
    run: async (ctx) => {
      await countDueTiers(ctx);
    },
  },
];
