export { planSpend, projectLots, spendOrder } from './lots.ts';
export type { AccountLots, HoldOfLots, Lot, Moment, Projection, SpendPlan } from './lots.ts';
export type { ReturnPolicy } from './return-policy.ts';
export { FULL_RATE_BP, minorToPoints, pointsToMinor, shareFloor, stepPoints } from './value.ts';
