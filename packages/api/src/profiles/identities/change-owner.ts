import { audit } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid, RequestError } from '../../platform/errors.ts';
import { isId, newId } from '../../platform/ids.ts';
import { findCustomer } from '../customers/find-customer.ts';
import { noteIdentities } from '../history/note-change.ts';
import { NOTHING_KNOWN } from '../person/apply-patch.ts';
import { createPerson } from '../person/create-person.ts';
import { tellChanged } from '../person/patch-profile.ts';
import { addIdentity, removeIdentities } from './add-identity.ts';
import { identityIndex, type IdentityValue } from './identity.ts';
import { parseProfileRef, type ProfileRefInput } from './profile-ref.ts';

const ADMIN = 'admin';
const LONGEST_REASON = 500;

export interface DetachIdentity {
  /** Of the API. */
  profileId: string;
  identityId: string;
  /** In the words of support. */
  reason: string;
}

export interface IdentityDetached {
  __typename: 'IdentityDetached';
  profileId: string;
}

/**
 * Takes a phone, e-mail, card or external id from a person: it was changed, or the operator gave it to somebody else.
 * Purchases, points and messages stay with the person; visits that are open end, whoever has the phone now is not them.
 * @throws InvalidInput
 */
export async function detachIdentity(ctx: Context, input: DetachIdentity): Promise<IdentityDetached> {
  const reason = readReason(input.reason);
  const profileId = await findCustomer(ctx, input.profileId, 'profileId');
  if (!isId(input.identityId)) throw invalid('identityId', 'UNKNOWN', 'is nothing of theirs');
  await inTransaction(ctx, async (tx) => {
    const identity = await tx.sql
      .selectFrom('identity')
      .select(['kind', 'blind_index as blindIndex', 'masked', 'created_at as since'])
      .where('profile_id', '=', profileId)
      .where('id', '=', input.identityId)
      .forUpdate()
      .executeTakeFirst();
    if (identity === undefined) throw invalid('identityId', 'UNKNOWN', 'is nothing of theirs');
    await removeIdentities(tx, profileId, [input.identityId]);
    await endVisits(tx, profileId);
    await noteIdentities(tx, [{ ...identity, profileId, change: 'DETACHED', reason }]);
    await touched(tx, profileId, identity, 'profile.identity-detached');
  });
  return { __typename: 'IdentityDetached', profileId };
}

export interface AttachIdentity {
  /** Of the API; null: a new person. */
  profileId: string | null;
  /** By the value itself; an id names nobody here. */
  identity: ProfileRefInput;
  reason: string;
}

export interface IdentityAttached {
  __typename: 'IdentityAttached';
  profileId: string;
}

/**
 * Gives a phone, e-mail, card or external id nobody has to a person, or to a new one, who sees nothing of whoever had it
 * before.
 * @throws InvalidInput DUPLICATE while it is somebody's
 */
export async function attachIdentity(ctx: Context, input: AttachIdentity): Promise<IdentityAttached> {
  const reason = readReason(input.reason);
  const ref = await parseProfileRef(ctx, input.identity, 'identity');
  if (ref.by === 'ID') throw invalid('identity', 'MISMATCH', 'is a phone, e-mail, card or external id');
  const known = input.profileId === null ? null : await findCustomer(ctx, input.profileId, 'profileId');
  const profileId = known ?? newId();
  await inTransaction(ctx, async (tx) => {
    if (known === null) await createPerson(tx, NOTHING_KNOWN, { id: profileId, preferredStoreId: null });
    const theirs = await addIdentity(tx, {
      profileId,
      identity: ref.identity,
      verifiedAt: null,
      first: false,
    });
    if (!theirs) throw invalid('identity', 'DUPLICATE', 'belongs to somebody: detach it there first');
    const identity = identityFacts(tx, ref.identity);
    await noteIdentities(tx, [{ ...identity, profileId, change: 'ATTACHED', since: null, reason }]);
    await touched(tx, profileId, identity, 'profile.identity-attached');
  });
  return { __typename: 'IdentityAttached', profileId };
}

function readReason(text: string): string {
  const reason = text.trim();
  if (reason === '') throw invalid('reason', 'REQUIRED', 'say why');
  if (reason.length > LONGEST_REASON || /\p{Cc}/u.test(reason) || !reason.isWellFormed())
    throw invalid('reason', 'FORMAT', `is at most ${LONGEST_REASON} printable characters`);
  return reason;
}

function identityFacts(ctx: Pick<Context, 'vault'>, identity: IdentityValue) {
  return { kind: identity.kind, blindIndex: identityIndex(ctx.vault, identity), masked: identity.masked };
}

/** The version counts contacts too: who edits an older look is told so. */
async function touched(
  tx: Context,
  profileId: string,
  { kind, blindIndex }: { kind: string; blindIndex: string },
  action: string,
): Promise<void> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('profile')
    .set((eb) => ({ version: eb('version', '+', 1), updated_at: tx.clock.now() }))
    .where('id', '=', profileId)
    .where('erased_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new RequestError('BUSY', 'This person is being erased.');
  await tellChanged(tx, profileId, [`identities.${kind}`], ADMIN);
  await audit(tx, { action, subject: `profile:${profileId}`, facts: { kind, index: blindIndex } });
}

async function endVisits(tx: Context, profileId: string): Promise<void> {
  const now = tx.clock.now();
  await tx.sql
    .updateTable('visit')
    .set({ expires_at: now, verified_at: null })
    .where('profile_id', '=', profileId)
    .where('expires_at', '>', now)
    .execute();
}
