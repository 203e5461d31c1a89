import { countLookUp, parseProfileRef, type ProfileRefInput } from '../profiles/index.ts';
import type { Context } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import { localId } from '../platform/graphql/global-id.ts';
import type { InputPath } from '../platform/input-problems.ts';

/** Exactly one of them: as the API takes it. */
export interface ShopperInput {
  visitId?: string | null | undefined;
  profile?: ProfileRefInput | null | undefined;
}

/** What a posting or reading function finds the shopper by. */
export interface ShopperKey {
  /** Null: an id of no visit at all. */
  visitId?: string | null;
  /** Null: an id of no profile at all. */
  profileId?: string | null;
  blindIndex?: string;
}

/**
 * By a contact somebody is looked up, which a till may do only so often: nobody fishes for who is a member.
 * @throws InvalidInput for a contact that is none @throws RequestError RATE_LIMITED
 */
export async function parseShopper(
  ctx: Context,
  input: ShopperInput | null | undefined,
  path: InputPath,
): Promise<ShopperKey | null> {
  const { kind, profileId } = ctx.actor;
  if (kind === 'SHOPPER') return ownShopper(profileId, input, path);
  if (input === null || input === undefined) return null;
  if (typeof input.visitId === 'string') return { visitId: localId(input.visitId, 'ShopperVisit') };
  const ref = await parseProfileRef(ctx, input.profile ?? {}, [...path, 'profile'].join('.'));
  if (ref.by === 'IDENTITY' && ctx.actor.till !== null) await countLookUp(ctx);
  return ref.by === 'ID' ? { profileId: ref.id } : { blindIndex: ref.blindIndex };
}

/** The shopper of the token, whether named or not; anybody else does not exist. @throws InvalidInput */
function ownShopper(
  profileId: string | null,
  input: ShopperInput | null | undefined,
  path: InputPath,
): ShopperKey {
  const named = input?.profile?.id;
  const own = typeof named === 'string' && localId(named, 'Profile') === profileId;
  if (input !== null && input !== undefined && !own) throw unknownShopper(path);
  return { profileId };
}

/** A shopper named by a reference must exist; a visit that does not has expired. */
export function unknownShopper(path: InputPath): Error {
  return invalid([...path, 'profile'].join('.'), 'UNKNOWN', 'nobody is known by this');
}
