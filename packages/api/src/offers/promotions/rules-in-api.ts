import type { PromotionRules } from '@clientele/shared/promotions';
import { globalId, localId } from '../../platform/graphql/global-id.ts';

/** Rules travel as they are stored, but for ids: clients know stores and pools by the API's own. */
export function rulesForApi(rules: PromotionRules): PromotionRules {
  return {
    ...rules,
    where: { ...rules.where, storeIds: rules.where.storeIds.map((id) => globalId('Store', id)) },
    benefits: rules.benefits.map((benefit) =>
      benefit.kind === 'NEXT_CODE'
        ? { ...benefit, poolId: globalId('PromoCodePool', benefit.poolId) }
        : benefit,
    ),
  };
}

/** The way back; what is no id of the API stays as it is, for the check to find. */
export function rulesFromApi(rules: unknown): unknown {
  if (!isRecord(rules)) return rules;
  const { where, benefits } = rules;
  return {
    ...rules,
    ...(isRecord(where) && Array.isArray(where['storeIds'])
      ? { where: { ...where, storeIds: where['storeIds'].map((id) => rowId(id, 'Store')) } }
      : {}),
    ...(Array.isArray(benefits)
      ? {
          benefits: benefits.map((benefit: unknown) =>
            isRecord(benefit) && benefit['kind'] === 'NEXT_CODE'
              ? { ...benefit, poolId: rowId(benefit['poolId'], 'PromoCodePool') }
              : benefit,
          ),
        }
      : {}),
  };
}

function rowId(value: unknown, typename: string): unknown {
  return typeof value === 'string' ? (localId(value, typename) ?? value) : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
