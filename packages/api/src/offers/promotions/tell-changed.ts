import type { Context } from '../../platform/context.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import type { PromotionState } from './promotion.entity.ts';

/** In the transaction of the change. A deleted draft was never anything to anybody and is not told of. */
export async function tellChanged(
  tx: Context,
  { id, state, revision }: { id: string; state: PromotionState; revision: number },
): Promise<void> {
  await writeEvent(tx, {
    kind: 'promotion.changed',
    profileId: null,
    payload: { promotionId: id, state, revision },
  });
}
