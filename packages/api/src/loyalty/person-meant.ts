import { parseProfileRef, resolveProfile, type ProfileRefInput } from '../profiles/index.ts';
import type { Context } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import { localId } from '../platform/graphql/global-id.ts';

/** Whose account staff mean by the argument `profile`. @throws InvalidInput */
export async function personMeant(ctx: Context, ref: ProfileRefInput): Promise<string> {
  const profile = await resolveProfile(ctx, await parseProfileRef(ctx, ref, 'profile'));
  if (profile === null) throw invalid('profile', 'UNKNOWN', 'nobody is known by this');
  if (profile.kind !== 'PERSON') throw invalid('profile', 'MISMATCH', 'points are a person’s');
  return profile.id;
}

/** The argument `programId`; null: it was left out. @throws InvalidInput */
export function programMeant(id: string | null | undefined): string | null {
  if (id === null || id === undefined) return null;
  const programId = localId(id, 'Program');
  if (programId === null) throw invalid('programId', 'UNKNOWN', 'no such program');
  return programId;
}
