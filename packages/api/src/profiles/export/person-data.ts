import type { Context } from '../../platform/context.ts';
import { familyOf } from '../customers/find-customer.ts';
import type { PersonSection } from '../shopper-rows.ts';

/** Section by section; sums named `…Minor` in minor units of the row's currency. */
export type PersonData = Record<string, Record<string, unknown>[]>;

/** Whatever tells of persons, and what of it is theirs to have. */
export interface Exported {
  export?: PersonSection | 'NOTHING';
}

/** Everything known of a person, what merged profiles brought along included. */
export async function readPersonData(
  ctx: Context,
  registry: readonly Exported[],
  profileId: string,
): Promise<{ profileIds: string[]; data: PersonData }> {
  const profileIds = await familyOf(ctx, profileId);
  const data: PersonData = { profile: [await profileRow(ctx, profileId)] };
  for (const { export: section } of registry) {
    if (section === undefined || section === 'NOTHING') continue;
    const rows: Record<string, unknown>[] = [];
    for (const id of profileIds) rows.push(...(await section.rows(ctx, id)));
    data[section.name] = rows;
  }
  return { profileIds, data };
}

async function profileRow(ctx: Context, profileId: string): Promise<Record<string, unknown>> {
  const row = await ctx.sql
    .selectFrom('profile as p')
    .leftJoin('store as s', 's.id', 'p.preferred_store_id')
    .select(['p.id', 'p.given_name as givenName', 'p.family_name as familyName', 'p.patronymic'])
    .select(['p.birth_date as birthDate', 'p.gender', 'p.tags', 'p.attributes', 'p.origins'])
    .select(['p.preferred_channel as preferredChannel', 'p.do_not_disturb as doNotDisturb'])
    .select(['s.name as preferredStore', 'p.created_at as since'])
    .where('p.id', '=', profileId)
    .executeTakeFirstOrThrow();
  return row;
}
