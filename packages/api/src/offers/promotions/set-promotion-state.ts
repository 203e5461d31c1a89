import { audit, demandVersion } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { PromotionStateRefused } from '../offers.errors.ts';
import { forgetPromotions } from './active-promotions.ts';
import { lockPromotion } from './lock-promotion.ts';
import type { PromotionState } from './promotion.entity.ts';
import { checkPublishable } from './rules/publishable.ts';
import { tellChanged } from './tell-changed.ts';

/** What may follow what. An ended promotion is over: it is copied, so that its results stay its own. */
const NEXT: Readonly<Record<PromotionState, readonly PromotionState[]>> = {
  DRAFT: ['LIVE'],
  LIVE: ['PAUSED', 'ENDED'],
  PAUSED: ['LIVE', 'ENDED'],
  ENDED: [],
};

const ACTION: Readonly<Record<PromotionState, string>> = {
  DRAFT: 'promotion.drafted',
  LIVE: 'promotion.published',
  PAUSED: 'promotion.paused',
  ENDED: 'promotion.ended',
};

export interface SetPromotionState {
  id: string;
  /** The one the decision was made by. */
  version: number;
  state: PromotionState;
}

/**
 * Publishes, pauses, resumes or ends; the state it is in already changes nothing.
 * @throws InvalidInput where something it names is missing @throws VersionConflict @throws PromotionStateRefused
 */
export async function setPromotionState(
  ctx: Context,
  { id, version, state }: SetPromotionState,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const before = await lockPromotion(tx, id);
    if (before.state === state) return;
    await demandVersion(tx, `promotion:${id}`, before, version);
    if (!NEXT[before.state].includes(state)) throw new PromotionStateRefused(before.state);
    if (state === 'LIVE') await checkPublishable(tx, id, before.rules);
    const now = tx.clock.now();
    await tx.sql
      .updateTable('promotion')
      .set({
        state,
        version: version + 1,
        updated_at: now,
        published_at: before.publishedAt ?? (state === 'LIVE' ? now : null),
        ended_at: state === 'ENDED' ? now : null,
      })
      .where('id', '=', id)
      .execute();
    await audit(tx, {
      action: before.state === 'PAUSED' && state === 'LIVE' ? 'promotion.resumed' : ACTION[state],
      subject: `promotion:${id}`,
      facts: { before: { state: before.state }, after: { state }, revision: before.revision },
    });
    await tellChanged(tx, { id, state, revision: before.revision });
  });
  forgetPromotions(ctx.database);
}

/** Of a draft nothing is left but the audit. @throws InvalidInput @throws VersionConflict @throws PromotionStateRefused */
export async function deletePromotion(
  ctx: Context,
  { id, version }: { id: string; version: number },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const before = await lockPromotion(tx, id);
    await demandVersion(tx, `promotion:${id}`, before, version);
    if (before.state !== 'DRAFT') throw new PromotionStateRefused(before.state);
    await tx.sql.deleteFrom('promotion_revision').where('promotion_id', '=', id).execute();
    await tx.sql.deleteFrom('promotion').where('id', '=', id).execute();
    const { name, title } = before;
    await audit(tx, {
      action: 'promotion.deleted',
      subject: `promotion:${id}`,
      facts: { before: { name, title } },
    });
  });
}
