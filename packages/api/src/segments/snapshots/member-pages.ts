import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

const PAGE = 1_000;

/** Ids of all members, page by page, in order. */
export async function* memberPages(ctx: Pick<Context, 'sql'>, number: number): AsyncGenerator<string[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await sql<{ id: string }>`
      select profile_id as id from public.profile_segment
      where segments @> array[${number}::int] and profile_id > ${after}::uuid
      order by profile_id limit ${PAGE}`.execute(ctx.sql);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(({ id }) => id);
    after = last.id;
  }
}
