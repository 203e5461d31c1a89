import { AccountBlocked, InsufficientPoints } from '../loyalty/index.ts';
import { RefusedInSql } from '../platform/database/call-function.ts';
import { IdempotencyConflict, invalid } from '../platform/errors.ts';
import {
  AlreadyCancelled,
  AlreadyCommitted,
  OrderHasShopper,
  OrderNotCommitted,
  OrderNotFound,
  PromotionTaken,
  ReceiptTaken,
} from './orders.errors.ts';

/** The refusal a posting function of this room (or of the ledger) raised; anything else stays what it is. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof RefusedInSql)) return error;
  const make = REFUSALS[error.code];
  return make === undefined ? error : make(error.facts);
}

const REFUSALS: Record<string, (facts: Record<string, unknown>) => Error> = {
  IdempotencyConflict: () => new IdempotencyConflict(),
  InsufficientPoints: (facts) =>
    new InsufficientPoints({ requested: Number(facts['requested']), available: Number(facts['available']) }),
  PromotionTaken: ({ code, title, reason }) =>
    new PromotionTaken({
      code: typeof code === 'string' ? code : null,
      title: typeof title === 'string' ? title : '',
      wasGranted: reason === 'NOT_GRANTED',
    }),
  AccountBlocked: () => new AccountBlocked(),
  OrderNotFound: () => new OrderNotFound(),
  AlreadyCommitted: (facts) => new AlreadyCommitted(orderId(facts)),
  AlreadyCancelled: (facts) => new AlreadyCancelled(facts['orderId'] === null ? null : orderId(facts)),
  OrderNotCommitted: (facts) => new OrderNotCommitted(orderId(facts)),
  OrderHasShopper: () => new OrderHasShopper(),
  ReceiptTaken: (facts) =>
    typeof facts['orderId'] === 'string'
      ? new ReceiptTaken(orderId(facts))
      : invalid('receipts', 'DUPLICATE', 'is the document of a return without its order'),
};

function orderId(facts: Record<string, unknown>): string {
  return String(facts['orderId']);
}
