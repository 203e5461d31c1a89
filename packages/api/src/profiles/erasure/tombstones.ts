import type { Context } from '../../platform/context.ts';

/** Which of the identities are those of erased people. */
export async function erasedAmong(
  ctx: Pick<Context, 'sql'>,
  blindIndexes: readonly string[],
): Promise<Set<string>> {
  if (blindIndexes.length === 0) return new Set();
  const rows = await ctx.sql
    .selectFrom('erased_identity')
    .select('blind_index')
    .where((eb) => eb('blind_index', '=', eb.fn.any(eb.val([...blindIndexes]))))
    .execute();
  return new Set(rows.map(({ blind_index }) => blind_index));
}

/** The person came back by their own will: from now on they are anybody again. */
export async function forgetErasure(ctx: Pick<Context, 'sql'>, blindIndex: string): Promise<void> {
  await ctx.sql.deleteFrom('erased_identity').where('blind_index', '=', blindIndex).execute();
}
