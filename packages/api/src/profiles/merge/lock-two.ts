import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { KnownPerson } from '../person/apply-patch.ts';

export interface LockedProfile extends KnownPerson {
  id: string;
  kind: 'PERSON' | 'VISITOR' | 'WALK_IN';
  version: number;
  mergedInto: string | null;
  erasedAt: Date | null;
}

type Two = [LockedProfile | undefined, LockedProfile | undefined];

/**
 * Locks two profiles in the order of their ids, as everybody does who takes two: A and B, B and A at once wait for one
 * another instead of each for the other. Whoever is about to write for one of them has a share of its lock
 * (`keep_profile`), so nothing is written to a profile while it is merged away; imports, which write for thousands at
 * once, share one lock for all of them and are waited for first.
 */
export async function lockTwo(tx: Context, a: string, b: string): Promise<Two> {
  await sql`select pg_advisory_xact_lock(hashtextextended('merge of profiles', 0))`.execute(tx.sql);
  const rows = await selectTwo(tx, a, b).forUpdate().execute();
  return inOrder(rows, a, b);
}

export async function readTwo(ctx: Context, a: string, b: string): Promise<Two> {
  return inOrder(await selectTwo(ctx, a, b).execute(), a, b);
}

function inOrder(rows: readonly LockedProfile[], a: string, b: string): Two {
  return [rows.find(({ id }) => id === a), rows.find(({ id }) => id === b)];
}

function selectTwo({ sql: db }: Context, a: string, b: string) {
  return db
    .selectFrom('profile')
    .select(['id', 'kind', 'version', 'merged_into as mergedInto', 'erased_at as erasedAt'])
    .select(['given_name as givenName', 'family_name as familyName', 'patronymic', 'gender'])
    .select(['birth_date as birthDate', 'tags', 'attributes', 'origins'])
    .select(['preferred_store_id as preferredStoreId', 'preferred_channel as preferredChannel'])
    .select(['do_not_disturb as doNotDisturb'])
    .where('id', 'in', [a, b])
    .orderBy('id');
}
