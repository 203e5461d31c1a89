import type { Selectable } from 'kysely';
import { demandScope } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import type { Tables } from '../../../platform/database/tables.ts';
import { cursorOf, keysOf, pageOf, pageSize, type Page } from '../../../platform/graphql/paging.ts';
import type { ImportProblem } from '../import-problem.ts';
import type { ImportKind } from './inspect-upload.ts';

export type RunRow = Selectable<Tables['import_run']>;

/** Files that were brought in, newest first; checks are left out. */
export async function listRuns(
  ctx: Context,
  args: {
    kind?: ImportKind | null | undefined;
    first?: number | null | undefined;
    after?: string | null | undefined;
  },
): Promise<Page<RunRow>> {
  demandScope(ctx, 'imports.read');
  const size = pageSize(args.first);
  const keys = keysOf(args.after, 2);
  const rows = await ctx.sql
    .selectFrom('import_run')
    .selectAll()
    .where('dry_run', '=', false)
    .$if(args.kind !== null && args.kind !== undefined, (query) =>
      query.where('kind', '=', args.kind ?? 'ORDERS'),
    )
    .$if(keys !== null, (query) =>
      query.where((eb) => {
        const [at = '', id = ''] = keys ?? [];
        const moment = new Date(at);
        return eb.or([
          eb('started_at', '<', moment),
          eb.and([eb('started_at', '=', moment), eb('id', '<', id)]),
        ]);
      }),
    )
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1)
    .execute();
  return pageOf(rows, size, keys !== null, (row) => cursorOf(row.started_at, row.id));
}

/** null: there is none. */
export async function readRun(ctx: Context, id: string): Promise<RunRow | null> {
  demandScope(ctx, 'imports.read');
  return (await ctx.sql.selectFrom('import_run').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

/** The first problems of a run; what stood in the cells is for those who may import or see contacts. */
export function problemsOf(
  { vault, actor }: Pick<Context, 'vault' | 'actor'>,
  { problems }: RunRow,
): (Omit<ImportProblem, 'value'> & { value: string | null })[] {
  if (problems === null) return [];
  const shown = actor.scopes.has('imports.run') || actor.scopes.has('profiles.contacts');
  const all = JSON.parse(vault.open(problems)) as ImportProblem[];
  return all.map((problem) => ({ ...problem, value: shown ? problem.value : null }));
}
