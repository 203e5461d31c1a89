import type { PresentedCode } from './facts.ts';
import type { PromotionVerdict } from './verdict.ts';

export type RefusedCodeReason =
  | 'UNKNOWN'
  | 'EXPIRED'
  | 'NOT_YET'
  | 'USED'
  | 'HELD'
  | 'OTHER_SHOPPER'
  | 'CONDITIONS'
  | 'STACKING';

export interface RefusedCode {
  readonly code: string;
  readonly reason: RefusedCodeReason;
}

/** Codes that did nothing here, each with the register's reason, else with why its promotion did not apply. */
export function refusedCodes(
  presented: readonly PresentedCode[],
  verdicts: readonly PromotionVerdict[],
): RefusedCode[] {
  if (presented.length === 0) return [];
  const byId = new Map(verdicts.map((verdict) => [verdict.promotionId, verdict]));
  const working = new Set<string>();
  return presented.flatMap(({ code, promotionId, refused }): RefusedCode[] => {
    if (refused !== null) return [{ code, reason: refused }];
    if (promotionId === null) return [{ code, reason: 'UNKNOWN' }];
    const verdict = byId.get(promotionId);
    const works = verdict?.applied === true && verdict.code === code && !working.has(promotionId);
    working.add(promotionId);
    return works ? [] : [{ code, reason: reasonOf(verdict) }];
  });
}

function reasonOf(verdict: PromotionVerdict | undefined): RefusedCodeReason {
  // The register knows the pool, the calculation is given only promotions that are not over.
  if (verdict === undefined) return 'EXPIRED';
  // The promotion applied by another code, or without one.
  if (verdict.applied) return verdict.code === null ? 'CONDITIONS' : 'STACKING';
  if (verdict.reason?.code === 'NOT_STARTED') return 'NOT_YET';
  if (verdict.reason?.code === 'ENDED') return 'EXPIRED';
  return verdict.reason?.code === 'STACKING' ? 'STACKING' : 'CONDITIONS';
}
