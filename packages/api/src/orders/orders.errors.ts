import { DomainError } from '../platform/errors.ts';
import type { OrderQuote } from './quote/order-quote.ts';
import type { QuoteChange } from './quote/quote-change.ts';

/** Where an order stands: enough to read it as it is now. */
export type OrderId = string;

export class OrderNotFound extends DomainError {
  constructor() {
    super('There is no such order.');
  }
}

/** What was shown is not what would be sold: somebody must accept the new quote. */
export class QuoteChanged extends DomainError {
  readonly quote: OrderQuote;
  readonly reasons: readonly QuoteChange[];

  constructor(quote: OrderQuote, reasons: readonly QuoteChange[]) {
    super(reasons.map((reason) => reason.message).join('; '));
    this.quote = quote;
    this.reasons = reasons;
  }
}

/** A limit, a personal offer or a promo code was taken since the quote was made: nothing was begun. Told as `QuoteChanged`. */
export class PromotionTaken extends Error {
  /** The code that was taken; null: it was the limit of a promotion, or a personal offer. */
  readonly code: string | null;
  readonly title: string;
  readonly wasGranted: boolean;

  constructor(facts: { code: string | null; title: string; wasGranted: boolean }) {
    super('a limit, a personal offer or a promo code was taken elsewhere');
    this.code = facts.code;
    this.title = facts.title;
    this.wasGranted = facts.wasGranted;
  }
}

export class VerificationRequired extends DomainError {
  constructor() {
    super('Points are spent after the shopper has confirmed a code.');
  }
}

export class AlreadyCommitted extends DomainError {
  readonly orderId: OrderId;

  constructor(orderId: OrderId) {
    super('This order is a sale already: return it instead.');
    this.orderId = orderId;
  }
}

export class AlreadyCancelled extends DomainError {
  /** Null: the number was spent by cancelling what was never begun. */
  readonly orderId: OrderId | null;

  constructor(orderId: OrderId | null) {
    super('This order was cancelled.');
    this.orderId = orderId;
  }
}

export class ReceiptTaken extends DomainError {
  readonly orderId: OrderId;

  constructor(orderId: OrderId) {
    super('This fiscal document is on another order already.');
    this.orderId = orderId;
  }
}

export class QuantityExceeded extends DomainError {
  readonly number: number;
  /** Thousandths. */
  readonly returnableMilli: number;

  constructor(number: number, returnableMilli: number) {
    super(`Line ${number} has less left to return.`);
    this.number = number;
    this.returnableMilli = returnableMilli;
  }
}

export class OrderNotCommitted extends DomainError {
  readonly orderId: OrderId;

  constructor(orderId: OrderId) {
    super('This order is no sale: there is nothing to return.');
    this.orderId = orderId;
  }
}

export class OrderHasShopper extends DomainError {
  constructor() {
    super('This order is a known shopper’s already.');
  }
}

export class TooLateToAttach extends DomainError {
  readonly until: Date;

  constructor(until: Date) {
    super('The time to attach a shopper to this order is over.');
    this.until = until;
  }
}
