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

/** The correction is above what one person may do alone. */
export class ApprovalRequired extends DomainError {
  readonly requestId: string;

  constructor(requestId: string, limit: number) {
    super(`Corrections of more than ${limit} points need a second person.`);
    this.requestId = requestId;
  }
}
