import type { PromotionRules } from '@clientele/shared/promotions';
import { globalId, localId } from '../../../platform/graphql/global-id.ts';

/** Rules travel as they are stored, but for ids: clients know stores, segments and pools by the API's own. */
export function rulesForApi(rules: PromotionRules): PromotionRules {
  const { where, audience } = rules;
  return {
    ...rules,
    where: { ...where, storeIds: where.storeIds.map((id) => globalId('Store', id)) },
    audience: {
      ...audience,
      segmentIds: audience.segmentIds.map(segmentId),
      except: { ...audience.except, segmentIds: audience.except.segmentIds.map(segmentId) },
    },
    benefits: rules.benefits.map((benefit) =>
      benefit.kind === 'NEXT_CODE'
        ? { ...benefit, poolId: globalId('PromoCodePool', benefit.poolId) }
        : benefit,
    ),
  };
}

function segmentId(id: string): string {
  return globalId('Segment', id);
}

/** The way back; what is no id of the API stays as it is, for the check to find. */
export function rulesFromApi(rules: unknown): unknown {
  if (!isRecord(rules)) return rules;
  const { where, audience, benefits } = rules;
  return {
    ...rules,
    ...(isRecord(where) ? { where: rowIds(where, 'storeIds', 'Store') } : {}),
    ...(isRecord(audience) ? { audience: audienceFromApi(audience) } : {}),
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

function audienceFromApi(audience: Record<string, unknown>): unknown {
  const { except } = audience;
  return {
    ...rowIds(audience, 'segmentIds', 'Segment'),
    ...(isRecord(except) ? { except: rowIds(except, 'segmentIds', 'Segment') } : {}),
  };
}

/** The object with the ids of one of its lists as they are stored. */
function rowIds(given: Record<string, unknown>, list: string, typename: string): Record<string, unknown> {
  const ids = given[list];
  return Array.isArray(ids) ? { ...given, [list]: ids.map((id) => rowId(id, typename)) } : given;
}

function rowId(value: unknown, typename: string): unknown {
  return typeof value === 'string' ? (localId(value, typename) ?? value) : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
