import type {
  Challenge,
  Account,
  OrderFacts,
  Product,
  Quote,
  TillInfo,
  Visit,
  PointsLimit,
} from './facts.ts';

interface Refused<Name extends string> {
  __typename: Name;
  code: string;
  message: string;
}
type WithProblems = Refused<'InvalidInput'> & { problems: { path: string[]; code: string }[] };

export type Paired = { __typename: 'TillPaired'; token: string; till: TillInfo };
export type SignedIn = {
  __typename: 'CashierSignedIn';
  expiresAt: string;
  cashier: { id: string; name: string };
};
export type WrongPin = Refused<'WrongPin'> & { attemptsLeft: number; lockedUntil: string | null };

export type PairAnswer = Paired | (Refused<'PairingCodeRefused'> & { retryAt: string | null }) | WithProblems;
export type SignInAnswer = SignedIn | WrongPin | WithProblems;
export type IdentifyAnswer =
  | ({ __typename: 'ShopperVisit' } & Visit)
  | ({ __typename: 'ShopperChallenge' } & Challenge)
  | Refused<'ShopperUnknown'>
  | (Refused<'TooManyCodes'> & { retryAt: string })
  | WithProblems;
export type ConfirmAnswer =
  | ({ __typename: 'ShopperVisit' } & Visit)
  | (Refused<'WrongCode'> & { attemptsLeft: number })
  | Refused<'CodeExpired'>
  | WrongPin
  | WithProblems;
export type PreviewAnswer = ({ __typename: 'OrderQuote' } & Quote) | Refused<'VisitExpired'> | WithProblems;
export type BeginAnswer =
  | { __typename: 'OrderBegun'; order: OrderFacts; holdExpiresAt: string | null }
  | (Refused<'QuoteChanged'> & { quote: Quote; reasons: { code: string; line: number | null }[] })
  | (Refused<'InsufficientPoints'> & {
      requested: number;
      available: number;
      max: number;
      limits: PointsLimit[];
    })
  | Refused<'VerificationRequired'>
  | Refused<'VisitExpired'>
  | Refused<'AccountBlocked'>
  | (Refused<'AlreadyCommitted'> & { order: OrderFacts })
  | Refused<'AlreadyCancelled'>
  | Refused<'IdempotencyConflict'>
  | WithProblems;
export type CommitAnswer =
  | {
      __typename: 'OrderCommitted';
      earned: number;
      activateAt: string | null;
      overdrawn: number;
      order: OrderFacts;
      account: Account | null;
    }
  | Refused<'OrderNotFound'>
  | Refused<'AlreadyCancelled'>
  | (Refused<'ReceiptTaken'> & { order: OrderFacts })
  | Refused<'IdempotencyConflict'>
  | WithProblems;
export type CancelAnswer =
  | { __typename: 'OrderCancelled' }
  | (Refused<'AlreadyCommitted'> & { order: OrderFacts })
  | Refused<'IdempotencyConflict'>
  | WithProblems;
export type UndoAnswer =
  | {
      __typename: 'OrderReturned';
      moneyBack: string;
      pointsRestored: number;
      pointsClawedBack: number;
      account: Account | null;
    }
  | Refused<
      'OrderNotFound' | 'OrderNotCommitted' | 'QuantityExceeded' | 'ReceiptTaken' | 'IdempotencyConflict'
    >
  | WithProblems;
export interface ProductAnswer {
  byBarcode: Product | null;
  bySku: Product | null;
}

/** Why a request has no answer: the same request may work later, or the till must do something first. */
export type FailureReason =
  | 'OFFLINE'
  | 'TIMEOUT'
  | 'BUSY'
  | 'RATE_LIMITED'
  | 'SESSION_OVER'
  | 'TILL_UNPAIRED'
  | 'OUTDATED'
  | 'FORBIDDEN'
  | 'INTERNAL';

export interface Failure {
  reason: FailureReason;
  /** The server's own number of the error, to be read to support. */
  errorId: string | null;
  retryAfterMs: number | null;
}
