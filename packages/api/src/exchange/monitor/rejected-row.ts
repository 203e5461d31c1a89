import type { Selectable } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { invalid } from '../../platform/errors.ts';

export type RejectedRow = Selectable<Tables['rejected_record']>;

/** As it came or was edited last. */
export function contentOf(
  { vault }: Pick<Context, 'vault'>,
  { content }: Pick<RejectedRow, 'content'>,
): unknown {
  return JSON.parse(vault.open(content)) as unknown;
}

/** @throws InvalidInput UNKNOWN */
export async function rejectedRow(ctx: Context, id: string): Promise<RejectedRow> {
  const row = await ctx.sql.selectFrom('rejected_record').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw invalid('id', 'UNKNOWN', 'is no refused record');
  return row;
}
