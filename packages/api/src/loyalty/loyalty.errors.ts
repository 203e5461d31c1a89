import type { PointsLimit } from '@clientele/shared/receipt';
import { DomainError } from '../platform/errors.ts';

/** More points are asked for than can be used; nothing was held or taken. */
export class InsufficientPoints extends DomainError {
  readonly requested: number;
  readonly available: number;
  /** The most that would be accepted. */
  readonly max: number;
  readonly limits: readonly PointsLimit[];

  constructor(facts: {
    requested: number;
    available: number;
    max?: number;
    limits?: readonly PointsLimit[];
  }) {
    super(`${facts.requested} points are asked for, ${facts.max ?? facts.available} can be used.`);
    this.requested = facts.requested;
    this.available = facts.available;
    this.max = facts.max ?? facts.available;
    this.limits = facts.limits ?? [{ code: 'BALANCE', max: facts.available }];
  }
}

/** The account is blocked or closed: points earn, but are not spent or corrected. */
export class AccountBlocked extends DomainError {
  constructor() {
    super('This account is blocked: no points can be spent from it.');
  }
}

/** The correction is above what one person may do alone: it waits for a second one. */
export class ApprovalRequired extends DomainError {
  readonly requestId: string;
  /** What waits. */
  readonly correctionId: string;

  constructor(requestId: string, correctionId: string) {
    super('This correction needs a second person and waits for one.');
    this.requestId = requestId;
    this.correctionId = correctionId;
  }
}

/** The correction waits no more: it was decided, withdrawn, or its time is over. */
export class CorrectionClosed extends DomainError {
  readonly state: 'DONE' | 'REFUSED' | 'WITHDRAWN' | 'EXPIRED';

  constructor(state: CorrectionClosed['state']) {
    super(`This correction is ${state.toLowerCase()} already.`);
    this.state = state;
  }
}

/** Nobody is the second pair of eyes of a correction they asked for themselves. */
export class OwnCorrection extends DomainError {
  constructor() {
    super('Somebody else has to approve what you asked for.');
  }
}
