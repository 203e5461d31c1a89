import {
  cardIdentity,
  emailIdentity,
  identityIndex,
  phoneIdentity,
  placeOf,
  resolveProfiles,
  type ProfileRef,
} from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { localId } from '../../platform/graphql/global-id.ts';

/** Who invited whom, as they are today. */
export interface Referral {
  readonly referrerId: string;
  readonly friendId: string;
}

/** @param named id of the API, phone, e-mail or card of who invited; null: nobody is named, or nobody is known by it */
export async function findReferral(
  ctx: Context,
  friendId: string,
  named: string | null,
): Promise<Referral | null> {
  if (named === null || named === '') return null;
  const id = localId(named, 'Profile');
  const identities = [
    emailIdentity(named),
    phoneIdentity(named, (await placeOf(ctx)).country),
    cardIdentity(named),
  ].filter((identity) => identity !== null);
  const refs: ProfileRef[] = [
    { by: 'ID', id: friendId },
    { by: 'ID', id },
    ...identities.map((identity) => ({
      by: 'IDENTITY' as const,
      identity,
      blindIndex: identityIndex(ctx.vault, identity),
    })),
  ];
  const [friend, ...referrers] = await resolveProfiles(ctx, refs);
  const referrer = referrers.find((found) => found?.kind === 'PERSON');
  return friend && referrer ? { referrerId: referrer.id, friendId: friend.id } : null;
}
