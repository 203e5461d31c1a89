import { DomainError } from '../../platform/errors.ts';

/** No code waits in the pool, and there is no pattern to make one by. */
export class PoolEmpty extends DomainError {
  readonly pool: string;

  constructor(pool: string) {
    super(`The pool "${pool}" has no codes left.`);
    this.pool = pool;
  }
}

/** What is asked for cannot be done to a code that is used, cancelled, promised to a purchase, or for everybody. */
export class PromoCodeStateRefused extends DomainError {
  readonly state: string;

  constructor(state: string) {
    super(`That cannot be done to a code that is ${state}.`);
    this.state = state;
  }
}
