export { grossOf } from './basket.ts';
export { orderOnItsWay } from './hands.ts';
export { nextStep } from './next-step.ts';
export type { NextStep } from './next-step.ts';
export { groupPhone } from './phone.ts';
export { isBetweenSales, startState } from './state.ts';
export { step } from './step.ts';
export type {
  Act,
  BasketLine,
  Busy,
  Field,
  FocusTarget,
  Notice,
  Result,
  Shopper,
  TillState,
} from './state.ts';
export type { TillEvent } from './events.ts';
export type * from './facts.ts';
