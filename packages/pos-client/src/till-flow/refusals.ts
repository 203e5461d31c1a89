import type { FailureReason } from './answers.ts';
import { notice } from './move.ts';
import type { Act, Notice } from './state.ts';

interface Reaction {
  tone: Notice['tone'];
  /** What Enter does next. */
  enter: Act | null;
}

/** Every refusal the till can meet, with the key that leads on. Words stand in i18n under the same code. */
export const refusals: Readonly<Record<string, Reaction>> = {
  PairingCodeRefused: { tone: 'bad', enter: null },
  WrongPin: { tone: 'bad', enter: null },
  TooManyCodes: { tone: 'warn', enter: null },
  WrongCode: { tone: 'bad', enter: null },
  CodeExpired: { tone: 'warn', enter: 'sendCode' },
  ShopperUnknown: { tone: 'info', enter: 'register' },
  VisitExpired: { tone: 'warn', enter: 'findAgain' },
  QuoteChanged: { tone: 'warn', enter: 'acceptQuote' },
  InsufficientPoints: { tone: 'warn', enter: 'acceptQuote' },
  VerificationRequired: { tone: 'warn', enter: 'sendCode' },
  AccountBlocked: { tone: 'warn', enter: 'acceptQuote' },
  AlreadyCommitted: { tone: 'info', enter: 'nextSale' },
  AlreadyCancelled: { tone: 'warn', enter: 'newOrder' },
  IdempotencyConflict: { tone: 'bad', enter: 'newOrder' },
  OrderNotFound: { tone: 'bad', enter: 'newOrder' },
  OrderNotCommitted: { tone: 'bad', enter: 'dismiss' },
  QuantityExceeded: { tone: 'bad', enter: 'dismiss' },
  ReceiptTaken: { tone: 'bad', enter: 'dismiss' },
  InvalidInput: { tone: 'bad', enter: 'dismiss' },
};

/** Every way a request may stay without an answer, with the key that leads on. */
export const failures: Readonly<Record<FailureReason, Reaction>> = {
  OFFLINE: { tone: 'bad', enter: 'retry' },
  TIMEOUT: { tone: 'warn', enter: 'retry' },
  BUSY: { tone: 'warn', enter: 'retry' },
  RATE_LIMITED: { tone: 'warn', enter: 'retry' },
  SESSION_OVER: { tone: 'info', enter: null },
  TILL_UNPAIRED: { tone: 'bad', enter: null },
  OUTDATED: { tone: 'warn', enter: 'reload' },
  FORBIDDEN: { tone: 'bad', enter: 'dismiss' },
  INTERNAL: { tone: 'bad', enter: 'retry' },
};

/** A refusal nobody here has heard of keeps its own code, so that support can look it up. */
export function refusalNotice(refused: object & { __typename: string }): Notice {
  const reaction = refusals[refused.__typename];
  if (reaction === undefined) {
    return notice('UnknownRefusal', 'bad', 'dismiss', { refusal: refused.__typename });
  }
  return notice(refused.__typename, reaction.tone, reaction.enter, factsOf(refused));
}

/** The plain values of a refusal; wrong fields of InvalidInput by their last name. */
function factsOf(refused: object): Notice['facts'] {
  const facts: Record<string, string | number | readonly string[] | null> = {};
  for (const [name, value] of Object.entries(refused)) {
    if (typeof value === 'string' || typeof value === 'number') facts[name] = value;
  }
  if ('problems' in refused && Array.isArray(refused.problems)) {
    facts['fields'] = refused.problems.map((problem: { path: string[] }) => lastWord(problem.path));
  }
  if ('reasons' in refused && Array.isArray(refused.reasons)) {
    facts['reasons'] = refused.reasons.map((reason: { code: string }) => reason.code);
  }
  return facts;
}

function lastWord(path: readonly string[]): string {
  return path.findLast((part) => !/^\d+$/.test(part)) ?? '';
}
