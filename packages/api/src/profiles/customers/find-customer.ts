import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { localId } from '../../platform/graphql/global-id.ts';

/**
 * A person staff work on, by the id of the API; a merged profile's id means the survivor.
 * @param path of the id inside the input
 * @throws InvalidInput UNKNOWN for nobody, a walk-in profile, a visitor, an erased person
 */
export async function findCustomer(ctx: Pick<Context, 'sql'>, opaque: string, path: string): Promise<string> {
  const id = localId(opaque, 'Profile');
  const row =
    id === null
      ? undefined
      : await ctx.sql
          .selectFrom('profile as asked')
          .innerJoin('profile as p', (join) =>
            join.on((eb) => eb('p.id', '=', eb.fn.coalesce('asked.merged_into', 'asked.id'))),
          )
          .select('p.id')
          .where('asked.id', '=', id)
          .where('p.kind', '=', 'PERSON')
          .where('p.erased_at', 'is', null)
          .executeTakeFirst();
  if (row === undefined) throw invalid(path, 'UNKNOWN', 'is nobody');
  return row.id;
}

/** The person's own profile and those merged into it. */
export async function familyOf(ctx: Pick<Context, 'sql'>, profileId: string): Promise<string[]> {
  const rows = await ctx.sql
    .selectFrom('profile')
    .select('id')
    .where((eb) => eb.or([eb('id', '=', profileId), eb('merged_into', '=', profileId)]))
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
