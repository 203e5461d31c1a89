import type { EarningRule } from '../program-settings.ts';
import { amountStep } from './amount-step.ts';
import type { EarningKind, RuleOf } from './earning-kind.ts';
import { perItem } from './per-item.ts';
import { perVisit } from './per-visit.ts';
import { percent } from './percent.ts';

/** Every type of earning rule: a new one is a file and a line here. */
export const EARNING_KINDS: { readonly [T in EarningRule['type']]: EarningKind<RuleOf<T>> } = {
  AMOUNT_STEP: amountStep,
  PERCENT: percent,
  PER_ITEM: perItem,
  PER_VISIT: perVisit,
};

export function earningKind(rule: EarningRule): EarningKind {
  return EARNING_KINDS[rule.type];
}
