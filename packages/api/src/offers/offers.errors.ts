import { DomainError } from '../platform/errors.ts';
import type { PromotionState } from './promotions/promotion.entity.ts';

/** What is asked for does not follow from the state it is in: an ended promotion is copied, a published one never deleted. */
export class PromotionStateRefused extends DomainError {
  readonly state: PromotionState;

  constructor(state: PromotionState) {
    super(`A promotion that is ${state} cannot become that.`);
    this.state = state;
  }
}

/** A group goes only when nothing stands in it; the one everything goes to by default never does. */
export class PromotionGroupInUse extends DomainError {
  readonly promotions: number;

  constructor(promotions: number) {
    super('Promotions stand in this group.');
    this.promotions = promotions;
  }
}
