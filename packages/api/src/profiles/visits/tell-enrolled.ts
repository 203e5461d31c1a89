import type { Context } from '../../platform/context.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';

/**
 * Somebody is a member from now on: once in their life, `member.enrolled`. People become members by confirming a code at
 * a till for the first time, also those a purchase or an event made known, or by being registered through the API. Who
 * comes by a file was a member before: nobody is told.
 */
export async function tellEnrolled(tx: Context, profileId: string): Promise<void> {
  const { till, brandId } = tx.actor;
  const now = tx.clock.now();
  const enrolled = await tx.sql
    .updateTable('profile')
    .set({ enrolled_at: now })
    .where('id', '=', profileId)
    .where('enrolled_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (enrolled === undefined) return;
  await writeEvent(tx, {
    kind: 'member.enrolled',
    profileId,
    payload: { brandId: till?.brandId ?? brandId, storeId: till?.storeId ?? null },
  });
}
