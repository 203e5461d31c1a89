import { DomainError } from '../platform/errors.ts';

/** The code is unknown, used or too old; or this address tried too often (`retryAt`). */
export class PairingCodeRefused extends DomainError {
  readonly retryAt: Date | null;

  constructor(retryAt: Date | null) {
    super(
      retryAt
        ? 'Too many tries from here; wait.'
        : 'This code pairs nothing: it is wrong, used or too old. Ask for a new one.',
    );
    this.retryAt = retryAt;
  }
}

/** @see checkPin */
export class WrongPin extends DomainError {
  /** Before the next wrong one locks; 0 while locked. */
  readonly attemptsLeft: number;
  readonly lockedUntil: Date | null;

  constructor(attemptsLeft: number, lockedUntil: Date | null) {
    super(lockedUntil ? 'Too many wrong PINs; wait.' : 'This is not the PIN.');
    this.attemptsLeft = attemptsLeft;
    this.lockedUntil = lockedUntil;
  }
}

/** Something that is still worked with cannot be put away. */
export class StillInUse extends DomainError {
  readonly by: 'STORES' | 'TILLS';
  readonly count: number;

  constructor(by: 'STORES' | 'TILLS', count: number) {
    super(`Still used by ${count} ${by.toLowerCase()}: put them away first.`);
    this.by = by;
    this.count = count;
  }
}

/** Something was sold there: its currency stands in orders and points. */
export class CurrencyFixed extends DomainError {
  readonly currency: string;

  constructor(currency: string) {
    super(`This store has orders in ${currency}; make a new store for another currency.`);
    this.currency = currency;
  }
}

/** Without an owner nobody could manage the company any more. */
export class LastOwner extends DomainError {
  constructor() {
    super('This is the last owner of the company: make somebody else an owner first.');
  }
}
