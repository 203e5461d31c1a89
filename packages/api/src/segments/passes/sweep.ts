import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { TaskKind } from '../../platform/tasks/index.ts';
import { SWEEP_SEGMENTS } from '../membership/start-computing.ts';

const AT_ONCE = 5_000;

/** Takes numbers that mean nothing any more off people; nobody sees them, they only take room. */
export const sweepSegmentsTask: TaskKind = {
  kind: SWEEP_SEGMENTS,
  scope: 'segments.read',
  run: async (ctx, facts, _report, signal) => {
    const numbers = (facts['numbers'] as unknown[]).filter((one) => typeof one === 'number');
    return { result: { people: await sweepNumbers(ctx, numbers, signal) } };
  },
};

/** @returns how many people had one of them */
export async function sweepNumbers(
  ctx: Context,
  numbers: readonly number[],
  signal: AbortSignal,
): Promise<number> {
  let people = 0;
  for (;;) {
    signal.throwIfAborted();
    const swept = numbers.length === 0 ? 0 : await sweepSome(ctx, numbers);
    people += swept;
    if (swept < AT_ONCE) return people;
  }
}

/** In order of people, as everybody who holds several of these rows. */
async function sweepSome(ctx: Context, numbers: readonly number[]): Promise<number> {
  return inTransaction({ ...ctx, em: ctx.database.em(), sql: ctx.database.sql }, async (tx) => {
    await sql`select set_config('lock_timeout', '30s', true)`.execute(tx.sql);
    const { numAffectedRows } = await sql`
      update public.profile_segment swept
      set segments = array(select n from unnest(swept.segments) n where n <> all(${[...numbers]}::smallint[]) order by 1)
      from (select profile_id from public.profile_segment where segments && ${[...numbers]}::smallint[]
        order by profile_id limit ${AT_ONCE} for update) found
      where swept.profile_id = found.profile_id`.execute(tx.sql);
    return Number(numAffectedRows ?? 0n);
  });
}
