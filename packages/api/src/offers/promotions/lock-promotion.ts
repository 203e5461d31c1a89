import type { PromotionRules } from '@clientele/shared/promotions';
import { demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { writesBrand } from './demand-brand.ts';
import type { PromotionState } from './promotion.entity.ts';
import { currentPromotions } from './current-promotions.ts';

export interface LockedPromotion {
  id: string;
  brandId: string;
  groupId: string;
  name: string;
  title: string;
  rules: PromotionRules;
  state: PromotionState;
  revision: number;
  version: number;
  publishedAt: Date | null;
}

/** As it stands, until the transaction ends. @throws InvalidInput UNKNOWN @throws RequestError FORBIDDEN */
export async function lockPromotion(tx: Context, id: string): Promise<LockedPromotion> {
  demandScope(tx, 'offers.write');
  const row = await currentPromotions(tx)
    .select([
      'promotion.id',
      'promotion.brand_id as brandId',
      'promotion.group_id as groupId',
      'promotion.name',
      'promotion.state',
      'promotion.revision',
      'promotion.version',
      'promotion.published_at as publishedAt',
      'revision.title',
      'revision.rules',
    ])
    .where('promotion.id', '=', id)
    .forUpdate('promotion')
    .executeTakeFirst();
  if (row === undefined || !writesBrand(tx, row.brandId))
    throw invalid('id', 'UNKNOWN', 'there is no such promotion');
  return row;
}
