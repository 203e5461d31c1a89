import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { localId } from '../../platform/graphql/global-id.ts';
import {
  cardIdentity,
  emailIdentity,
  externalIdentity,
  identityIndex,
  phoneIdentity,
  type IdentityValue,
} from './identity.ts';
import { placeOf } from './place.ts';

/** Exactly one of them: as the API takes it. */
export interface ProfileRefInput {
  /** Of the API. */
  id?: string | null | undefined;
  phone?: string | null | undefined;
  email?: string | null | undefined;
  card?: string | null | undefined;
  external?: { source?: string | null | undefined; id: string } | null | undefined;
}

/** A shopper named by somebody, parsed: by own id, or by an identity. */
export type ProfileRef =
  | { by: 'ID'; id: string | null }
  | { by: 'IDENTITY'; identity: IdentityValue; blindIndex: string };

/**
 * Reads a reference; an id of the API that names no profile is somebody unknown, like a phone nobody has.
 * @param path of the reference inside the input, for the problem: `draft.shopper.profile`
 * @throws InvalidInput FORMAT
 */
export async function parseProfileRef(
  ctx: Context,
  input: ProfileRefInput,
  path: string,
): Promise<ProfileRef> {
  return profileRefReader(ctx, (await placeOf(ctx)).country)(input, path);
}

/** For many at once: the country of phones without a country code is asked for only once. */
export function profileRefReader(
  ctx: Context,
  country: string,
): (input: ProfileRefInput, path: string) => ProfileRef {
  return (input, path) => {
    if (typeof input.id === 'string') return { by: 'ID', id: localId(input.id, 'Profile') };
    const { identity, field } = readIdentity(ctx, country, input);
    if (identity === null) throw invalid(`${path}.${field}`, 'FORMAT', `is no ${field}`);
    return { by: 'IDENTITY', identity, blindIndex: identityIndex(ctx.vault, identity) };
  };
}

function readIdentity(
  ctx: Context,
  country: string,
  { phone, email, card, external }: ProfileRefInput,
): { field: string; identity: IdentityValue | null } {
  if (typeof phone === 'string') return { field: 'phone', identity: phoneIdentity(phone, country) };
  if (typeof email === 'string') return { field: 'email', identity: emailIdentity(email) };
  if (typeof card === 'string') return { field: 'card', identity: cardIdentity(card) };
  if (external === null || external === undefined) return { field: 'id', identity: null };
  const source = external.source ?? ctx.actor.ownSource;
  return { field: 'external.id', identity: externalIdentity(source, external.id) };
}
