import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import type { IdentityValue } from '../identities/identity.ts';
import { moveShopperRows } from '../moves.ts';
import type { ShopperRows } from '../shopper-rows.ts';

/** Somebody known was seen with a device. */
export interface DeviceSeen {
  readonly device: IdentityValue;
  /** `identityIndex` of the device. */
  readonly blindIndex: string;
  /** A person, not merged away. */
  readonly profileId: string;
  /** When they were seen with it. */
  readonly at: Date;
}

interface Owner {
  profileId: string;
  identityId: string;
  kind: 'PERSON' | 'VISITOR' | 'WALK_IN';
  since: Date;
}

/**
 * Gives a device to a person, in the caller's transaction; a person may have several.
 *
 * - Nobody's: it is theirs.
 * - A visitor's nobody knew: everything of the visitor's becomes theirs, whenever it happened, and the visitor's
 *   profile answers with theirs from now on.
 * - Another person's, seen with it before this moment: it changes hands. What was done with it until now stays with
 *   the other person.
 * - Another person's, seen with it after this moment: it stays; this is late news.
 *
 * @param rows tables that may hold something of a visitor's, in the order they move
 * @returns whether it is the person's now
 */
export async function joinDevice(
  tx: Context,
  seen: DeviceSeen,
  rows: readonly ShopperRows[],
): Promise<boolean> {
  const owner = await lockOwner(tx, seen.blindIndex);
  if (owner === null) return giveUnowned(tx, seen, rows);
  if (owner.profileId === seen.profileId) return true;
  if (owner.kind === 'VISITOR') await joinVisitor(tx, owner, seen, rows);
  else if (owner.since >= seen.at) return false;
  else await changeHands(tx, owner, seen);
  await tx.sql
    .updateTable('identity')
    .set({ created_at: seen.at })
    .where('profile_id', '=', seen.profileId)
    .where('id', '=', owner.identityId)
    .execute();
  return true;
}

/** The device's key is locked before its owner: nobody else joins it at the same time. */
async function lockOwner(tx: Context, blindIndex: string): Promise<Owner | null> {
  await tx.sql
    .selectFrom('identity_key')
    .select('blind_index')
    .where('blind_index', '=', blindIndex)
    .forUpdate()
    .execute();
  const owner = await tx.sql
    .selectFrom('identity_key as key')
    .innerJoin('identity', (join) =>
      join.onRef('identity.profile_id', '=', 'key.profile_id').onRef('identity.id', '=', 'key.identity_id'),
    )
    .innerJoin('profile', 'profile.id', 'key.profile_id')
    .select([
      'key.profile_id as profileId',
      'key.identity_id as identityId',
      'profile.kind',
      'identity.created_at as since',
    ])
    .where('key.blind_index', '=', blindIndex)
    .executeTakeFirst();
  return owner ?? null;
}

async function giveUnowned(tx: Context, seen: DeviceSeen, rows: readonly ShopperRows[]): Promise<boolean> {
  const { device, blindIndex, profileId, at } = seen;
  const id = newId();
  const claimed = await tx.sql
    .insertInto('identity_key')
    .values({ blind_index: blindIndex, profile_id: profileId, identity_id: id })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  // Somebody else met this device a moment ago.
  if (claimed.numInsertedOrUpdatedRows === 0n) return joinDevice(tx, seen, rows);
  await tx.sql
    .insertInto('identity')
    .values({
      profile_id: profileId,
      id,
      kind: 'DEVICE',
      source: device.source,
      sealed: tx.vault.seal(device.value),
      masked: device.masked,
      blind_index: blindIndex,
      verified_at: null,
      position: positionBehind(profileId),
      created_at: at,
    })
    .execute();
  return true;
}

async function joinVisitor(
  tx: Context,
  visitor: Owner,
  { profileId }: DeviceSeen,
  rows: readonly ShopperRows[],
): Promise<void> {
  // In one order, as whoever writes for either of them takes them.
  await tx.sql
    .selectFrom('profile')
    .select('id')
    .where('id', 'in', [visitor.profileId, profileId])
    .orderBy('id')
    .forUpdate()
    .execute();
  await moveShopperRows(tx, rows, visitor.profileId, profileId);
  await tx.sql
    .updateTable('profile')
    .set({ merged_into: profileId, updated_at: tx.clock.now() })
    .where((eb) => eb.or([eb('id', '=', visitor.profileId), eb('merged_into', '=', visitor.profileId)]))
    .execute();
  await writeEvent(tx, {
    kind: 'visitor.joined',
    profileId,
    payload: { visitorId: visitor.profileId },
  });
}

async function changeHands(tx: Context, owner: Owner, { profileId, blindIndex }: DeviceSeen): Promise<void> {
  const taken = await tx.sql
    .deleteFrom('identity')
    .where('profile_id', '=', owner.profileId)
    .where('id', '=', owner.identityId)
    .returningAll()
    .executeTakeFirstOrThrow();
  await tx.sql
    .insertInto('identity')
    .values({
      ...taken,
      profile_id: profileId,
      position: positionBehind(profileId),
    })
    .execute();
  await tx.sql
    .updateTable('identity_key')
    .set({ profile_id: profileId })
    .where('blind_index', '=', blindIndex)
    .execute();
}

/** Behind the devices there are. */
function positionBehind(profileId: string) {
  return sql<number>`(select coalesce(max(position), -1) + 1 from identity where profile_id = ${profileId} and kind = 'DEVICE')`;
}
