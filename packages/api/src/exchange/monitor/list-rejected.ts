import { demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { cursorOf, keysOf, pageOf, pageSize, type Page } from '../../platform/graphql/paging.ts';
import type { IntakeKind, RejectedState } from '../../platform/intake/index.ts';
import type { RejectedRow } from './rejected-row.ts';

export interface RejectedQuery {
  source?: string | null | undefined;
  kind?: IntakeKind | null | undefined;
  states?: readonly RejectedState[] | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** Those that came first, first. @throws RequestError FORBIDDEN */
export async function listRejected(ctx: Context, query: RejectedQuery): Promise<Page<RejectedRow>> {
  demandScope(ctx, 'imports.read');
  const size = pageSize(query.first);
  const after = keysOf(query.after, 1);
  const { source, kind, states } = query;
  const rows = await ctx.sql
    .selectFrom('rejected_record')
    .selectAll()
    .$if(typeof source === 'string', (qb) => qb.where('source', '=', source ?? ''))
    .$if(Boolean(kind), (qb) => qb.where('kind', '=', kind ?? 'ORDERS'))
    .$if((states?.length ?? 0) > 0, (qb) => qb.where('state', 'in', [...(states ?? [])]))
    .$if(after !== null, (qb) => qb.where('id', '>', after?.[0] ?? ''))
    .orderBy('id')
    .limit(size + 1)
    .execute();
  return pageOf(rows, size, after !== null, ({ id }) => cursorOf(id));
}
