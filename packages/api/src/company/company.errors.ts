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
