import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { InputProblems } from '../../platform/input-problems.ts';

export interface SavedViewRecord {
  id: string;
  page: string;
  name: string;
  query: string;
  shared: boolean;
  /** Whose it is. */
  owner: string;
  mine: boolean;
}

const MOST_OF_A_PAGE = 50;
const LONGEST_QUERY = 4_000;

/** Own ones and those shared with everybody, by name. */
export async function savedViews(ctx: Context, page: string): Promise<SavedViewRecord[]> {
  const rows = await ctx.sql
    .selectFrom('saved_view as view')
    .innerJoin('staff', 'staff.id', 'view.staff_id')
    .select(['view.id', 'page', 'view.name', 'query', 'shared', 'view.staff_id', 'staff.name as owner'])
    .where('page', '=', page)
    .where((eb) => eb.or([eb('view.staff_id', '=', ctx.actor.id), eb('shared', '=', true)]))
    .orderBy('view.name')
    .orderBy('view.id')
    .execute();
  return rows.map(({ staff_id: staffId, ...view }) => ({ ...view, mine: staffId === ctx.actor.id }));
}

export interface SaveView {
  page: string;
  name: string;
  query: string;
  shared: boolean;
}

/** A view under its name: the same name again replaces it. @throws InvalidInput */
export async function saveView(ctx: Context, input: SaveView): Promise<SavedViewRecord> {
  const problems = new InputProblems();
  const name = problems.text(input.name, ['name'], 60);
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(input.page)) problems.add(['page'], 'FORMAT', 'is the name of a list');
  if (input.query.length > LONGEST_QUERY || /[^\x21-\x7e]/.test(input.query))
    problems.add(['query'], 'FORMAT', `is the query of an address, of ${LONGEST_QUERY} characters at most`);
  problems.refuseAny();
  const known = await savedViews(ctx, input.page);
  const own = known.filter(({ mine }) => mine);
  if (own.length >= MOST_OF_A_PAGE && !own.some((view) => view.name === name))
    throw invalid('name', 'TOO_MANY', `${MOST_OF_A_PAGE} views of one list are enough`);
  const view = { page: input.page, name: name ?? '', query: input.query, shared: input.shared };
  const stored = { ...view, updated_at: ctx.clock.now() };
  const { id } = await ctx.sql
    .insertInto('saved_view')
    .values({ id: newId(), staff_id: ctx.actor.id, ...stored })
    .onConflict((conflict) => conflict.columns(['staff_id', 'page', 'name']).doUpdateSet(stored))
    .returning('id')
    .executeTakeFirstOrThrow();
  const { name: owner } = await ctx.sql
    .selectFrom('staff')
    .select('name')
    .where('id', '=', ctx.actor.id)
    .executeTakeFirstOrThrow();
  return { id, ...view, owner, mine: true };
}

/** Own ones; who may change settings also takes shared ones of others away. @returns whether there was one */
export async function deleteView(ctx: Context, id: string): Promise<boolean> {
  const { numDeletedRows } = await ctx.sql
    .deleteFrom('saved_view')
    .where('id', '=', id)
    .where((eb) =>
      ctx.actor.scopes.has('settings.write')
        ? eb.or([eb('staff_id', '=', ctx.actor.id), eb('shared', '=', true)])
        : eb('staff_id', '=', ctx.actor.id),
    )
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
