export { expiryForecast, planSpend, projectLots, spendOrder } from './lots.ts';
export type { AccountLots, HoldOfLots, Lot, Moment, Projection, SpendPlan } from './lots.ts';
export { planClawback } from './plan-clawback.ts';
export type { ClawbackPlan, ClawbackTerms, ReturnPolicy } from './plan-clawback.ts';
export { planRestore } from './plan-restore.ts';
export type { ConsumedPart, RestorePart, RestoreTerms } from './plan-restore.ts';
export { FULL_RATE_BP, minorToPoints, pointsToMinor, shareFloor, stepPoints } from './value.ts';
