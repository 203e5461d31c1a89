import { DomainError } from '../platform/errors.ts';

/** Nobody has this phone or card, and nothing was to be sent. */
export class ShopperUnknown extends DomainError {
  constructor() {
    super('Nobody is known by this.');
  }
}

/** A limit of codes is used up: of this phone, till, store or of the company. */
export class TooManyCodes extends DomainError {
  readonly retryAt: Date;

  constructor(retryAt: Date) {
    super('Too many codes were asked for; wait.');
    this.retryAt = retryAt;
  }
}

export class WrongCode extends DomainError {
  /** 0: even the right code does not help any more; send a new one. */
  readonly attemptsLeft: number;

  constructor(attemptsLeft: number) {
    super('This is not the code.');
    this.attemptsLeft = attemptsLeft;
  }
}

/** The code is too old, was replaced by a newer one, or was not asked for from here. */
export class CodeExpired extends DomainError {
  constructor() {
    super('This code is no longer valid; send a new one.');
  }
}

/** The shopper was recognised too long ago, or not here. */
export class VisitExpired extends DomainError {
  constructor() {
    super('The visit is over; identify the shopper again.');
  }
}
