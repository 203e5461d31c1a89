import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { TaskKind } from '../../platform/tasks/index.ts';
import { LISTED } from '../profile.entity.ts';
import { compareProfiles, indexProfiles } from './check-profiles.ts';
import { readRecords } from './read-records.ts';

const BATCH = 500;

/** Looks through the whole base: everybody's keys anew, then everybody against those who share one. */
export const scanDuplicates: TaskKind = {
  kind: 'duplicates.scan',
  scope: 'profiles.merge',
  async run(ctx, _facts, report, signal) {
    const total = await countPersons(ctx);
    let done = 0;
    let pairs = 0;
    await eachBatch(ctx, signal, async (tx, ids) => {
      await indexProfiles(tx, ids);
      done += ids.length;
      report(done, 2 * total);
    });
    await eachBatch(ctx, signal, async (tx, ids) => {
      pairs += await compareProfiles(tx, await readRecords(tx, ids), true);
      done += ids.length;
      report(done, 2 * total);
    });
    if (signal.aborted) return undefined;
    return { result: { people: total, pairs } };
  },
};

async function countPersons(ctx: Context): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select count(*) as people from public.profile where ${sql.raw(LISTED)}`.execute(ctx.sql);
  return rows[0]?.people ?? 0;
}

async function eachBatch(
  ctx: Context,
  signal: AbortSignal,
  work: (tx: Context, ids: readonly string[]) => Promise<void>,
): Promise<void> {
  for (let after = '00000000-0000-0000-0000-000000000000'; !signal.aborted;) {
    const { rows } = await sql<{ id: string }>`
      select id from public.profile where id > ${after} and ${sql.raw(LISTED)} order by id limit ${BATCH}`.execute(
      ctx.sql,
    );
    const ids = rows.map(({ id }) => id);
    const last = ids.at(-1);
    if (last === undefined) return;
    await inTransaction(ctx, (tx) => work(tx, ids));
    after = last;
  }
}
