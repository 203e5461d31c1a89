import { sql } from 'kysely';
import { findsByContact } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import type { ProfileRef } from './profile-ref.ts';

export interface ResolvedProfile {
  /** Of the survivor, where the profile was merged. */
  id: string;
  kind: 'PERSON' | 'VISITOR' | 'WALK_IN';
}

/** Who is meant; null: nobody, or nobody any more. One statement. */
export async function resolveProfile(ctx: Context, ref: ProfileRef): Promise<ResolvedProfile | null> {
  const [profile] = await resolveProfiles(ctx, [ref]);
  return profile ?? null;
}

/** In the order of the references; one statement for all. */
export async function resolveProfiles(
  ctx: Context,
  refs: readonly ProfileRef[],
): Promise<(ResolvedProfile | null)[]> {
  const ids = refs.flatMap((ref) => (ref.by === 'ID' && ref.id !== null ? [ref.id] : []));
  const indexes = refs.flatMap((ref) =>
    ref.by === 'IDENTITY' && (ref.identity.kind === 'EXTERNAL' || findsByContact(ctx.actor))
      ? [ref.blindIndex]
      : [],
  );
  if (ids.length + indexes.length === 0) return refs.map(() => null);
  const { rows } = await sql<{ key: string } & ResolvedProfile>`
    select named.key, survivor.id, survivor.kind
    from (
      select id::text as key, coalesce(merged_into, id) as id from profile
      where id = any(${ids}::uuid[]) and erased_at is null
      union all
      select k.blind_index, coalesce(p.merged_into, p.id)
      from identity_key k join profile p on p.id = k.profile_id
      where k.blind_index = any(${indexes}::text[])
    ) named
    join profile survivor on survivor.id = named.id`.execute(ctx.sql);
  const found = new Map(rows.map(({ key, id, kind }) => [key, { id, kind }]));
  return refs.map((ref) => found.get(ref.by === 'ID' ? (ref.id ?? '') : ref.blindIndex) ?? null);
}
