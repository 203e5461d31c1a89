import type { Context } from '../../platform/context.ts';

export interface BrandRecord {
  id: string;
  code: string;
  name: string;
  version: number;
  createdAt: Date;
  archivedAt: Date | null;
}

/** Of the caller's stores, by name. @param ids only these */
export async function readBrands(
  { sql, actor }: Pick<Context, 'sql' | 'actor'>,
  { archived = false, ids }: { archived?: boolean; ids?: readonly string[] } = {},
): Promise<BrandRecord[]> {
  let query = sql
    .selectFrom('brand')
    .select(['id', 'code', 'name', 'version', 'created_at as createdAt', 'archived_at as archivedAt'])
    .orderBy('name')
    .orderBy('id');
  if (!archived && ids === undefined) query = query.where('archived_at', 'is', null);
  if (ids !== undefined) query = query.where('id', 'in', [...ids]);
  const { storeIds, brandId } = actor;
  if (storeIds === 'ALL') return query.execute();
  return query
    .where((eb) =>
      eb.or([
        eb(
          'id',
          'in',
          eb
            .selectFrom('store')
            .select('brand_id')
            .where('store.id', 'in', [...storeIds, NOBODY]),
        ),
        eb('id', '=', brandId ?? NOBODY),
      ]),
    )
    .execute();
}

/** No row has it: lists of none need no case of their own. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
