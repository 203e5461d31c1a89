import { DomainError } from '../../platform/errors.ts';

/** Wrong e-mail or wrong password, which of the two is not told; or tried too often (`retryAt`). */
export class SignInRefused extends DomainError {
  readonly retryAt: Date | null;

  constructor(retryAt: Date | null) {
    super(retryAt ? 'Too many tries; wait.' : 'This e-mail and this password do not go together.');
    this.retryAt = retryAt;
  }
}

/** The code of the authenticator, or a recovery code, is not the one; each is taken once only. */
export class WrongSecondFactor extends DomainError {
  /** Before the next wrong one locks; 0 while locked. */
  readonly attemptsLeft: number;
  readonly retryAt: Date | null;

  constructor(attemptsLeft: number, retryAt: Date | null) {
    super(retryAt ? 'Too many wrong codes; wait.' : 'This code is wrong, too old, or was used before.');
    this.attemptsLeft = attemptsLeft;
    this.retryAt = retryAt;
  }
}

/** The link of the letter is unknown, used, too old, or a newer one was asked for. */
export class LinkRefused extends DomainError {
  constructor() {
    super('This link opens nothing: it was used, is too old, or a newer one was sent.');
  }
}
