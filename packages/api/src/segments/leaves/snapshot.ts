import { sql } from 'kysely';
import { isId } from '../../platform/ids.ts';
import { feature, inScope, isTrue, type Feature, type LeafKind, type Source } from '../language/index.ts';

const SNAPSHOTS: Source<{ snapshotId: string }> = {
  code: 'snapshots',
  tables: ['segment_snapshot_member'],
  single: false,
  rows: (scope, features) => sql`select profile_id, snapshot_id from segment_snapshot_member
    where snapshot_id = any(${wanted(features)}::uuid[]) and ${inScope(scope, sql`profile_id`)}`,
  read: (ctx, profileId, features) =>
    ctx.sql
      .selectFrom('segment_snapshot_member')
      .select('snapshot_id as snapshotId')
      .where('profile_id', '=', profileId)
      .where(sql<boolean>`snapshot_id = any(${wanted(features)}::uuid[])`)
      .execute(),
};

export const snapshot: LeafKind<'SNAPSHOT'> = {
  code: 'SNAPSHOT',
  question: (args) => {
    const id = args.snapshot.toLowerCase();
    return isTrue(
      feature(SNAPSHOTS, {
        about: id,
        wants: [id],
        sql: { value: sql`bool_or(r.snapshot_id::text = ${id})`, changesAt: null, none: sql`false` },
        ofRows: (rows) => ({ value: rows.some(({ snapshotId }) => snapshotId === id), changesAt: null }),
      }),
    );
  },
  missing: async (ctx, { snapshot: value }) => {
    const id = value.toLowerCase();
    const found = isId(id)
      ? await ctx.sql.selectFrom('segment_snapshot').select('id').where('id', '=', id).executeTakeFirst()
      : undefined;
    return found === undefined ? [{ kind: 'SNAPSHOT', value }] : [];
  },
};

function wanted(features: readonly Feature[]): string[] {
  return [...new Set(features.flatMap(({ wants }) => wants as readonly string[]))].filter((id) => isId(id));
}
