import type { Context } from '../../platform/context.ts';

/** What may still change into each state: late news never takes an earlier one back. */
const BEFORE = {
  SENT: ['SENDING'],
  FAILED: ['SENDING', 'SENT'],
  DELIVERED: ['SENDING', 'SENT', 'FAILED'],
} as const;

/** How the code of a challenge fares on its way, as the channel that carries it reports. */
export async function markCodeDelivery(
  ctx: Context,
  challengeId: string,
  delivery: 'SENT' | 'DELIVERED' | 'FAILED',
): Promise<void> {
  await ctx.sql
    .updateTable('sign_in_challenge')
    .set({ delivery })
    .where('id', '=', challengeId)
    .where('delivery', 'in', BEFORE[delivery])
    .execute();
}
