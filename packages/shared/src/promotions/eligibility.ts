import { hoursTest } from '../rules/index.ts';
import type { Instant } from '../time/index.ts';
import type { Basket } from './basket.ts';
import type { Audience, PromotionRules, PromotionTime } from './promotion.ts';
import type { PromotionReason } from './verdict.ts';

/** Why a promotion is not for this purchase; null: it is. */
export type Judge = (basket: Basket, promotionId: string) => PromotionReason | null;

/** When, made once for the rules. @throws RangeError for an instant or an hour that is none */
export function timeJudge({ from, to, weekdays, hours }: PromotionTime): Judge {
  const [start, end] = [instantOf(from), instantOf(to)];
  const days = weekdays.length === 0 ? null : new Set(weekdays);
  const within = hours === null ? null : hoursTest(hours);
  return ({ occurredAt, wall }) => {
    if (start !== null && occurredAt < start) return { code: 'NOT_STARTED' };
    if (end !== null && occurredAt >= end) return { code: 'ENDED' };
    if (days !== null && !days.has(wall.weekday)) return { code: 'OTHER_DAY' };
    if (within !== null && !within(wall.hour * 60 + wall.minute)) return { code: 'OTHER_HOUR' };
    return null;
  };
}

/** Where. */
export function placeJudge({ storeIds, channels }: PromotionRules['where']): Judge {
  const stores = storeIds.length === 0 ? null : new Set(storeIds);
  return ({ place }) => {
    if (stores !== null && !stores.has(place.storeId)) return { code: 'OTHER_STORE' };
    if (channels.length > 0 && !channels.includes(place.channel)) return { code: 'OTHER_CHANNEL' };
    return null;
  };
}

/**
 * For whom. Rules that name segments fit nobody whose segments are not known: somebody to be left out must never be let
 * in for want of knowledge.
 */
export function audienceJudge(audience: Audience): Judge {
  const { who, except } = audience;
  const bySegment = segmentsOfAudience(audience).length > 0;
  const asksNobody = who === 'ANYBODY' && !bySegment && except.tags.length === 0;
  return ({ shopper }, promotionId) => {
    if (asksNobody) return null;
    if (shopper === null || !shopper.known) {
      return who === 'ANYBODY' && !bySegment ? null : { code: 'NO_SHOPPER' };
    }
    if (bySegment && shopper.segmentIds === undefined) return { code: 'NOT_IN_AUDIENCE' };
    if (anyOf(except.tags, shopper.tags) || anyOf(except.segmentIds, shopper.segmentIds))
      return { code: 'EXCLUDED_SHOPPER' };
    if (who === 'GRANTED') {
      return shopper.grantedPromotionIds?.includes(promotionId) === true ? null : { code: 'NOT_GRANTED' };
    }
    const chosen =
      who !== 'CHOSEN' ||
      anyOf(audience.tags, shopper.tags) ||
      anyOf(audience.segmentIds, shopper.segmentIds) ||
      (shopper.tierCode !== undefined && audience.tiers.includes(shopper.tierCode));
    return chosen ? null : { code: 'NOT_IN_AUDIENCE' };
  };
}

/** Ids of the segments an audience names, to be let in or left out. */
export function segmentsOfAudience({ segmentIds, except }: Audience): readonly string[] {
  return [...segmentIds, ...except.segmentIds];
}

function anyOf(wanted: readonly string[], facts: readonly string[] | undefined): boolean {
  return wanted.length > 0 && facts !== undefined && facts.some((fact) => wanted.includes(fact));
}

function instantOf(text: string | null): Instant | null {
  if (text === null) return null;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new RangeError(`not an instant: ${text}`);
  return instant;
}
