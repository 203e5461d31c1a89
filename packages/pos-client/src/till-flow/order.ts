import type { BeginAnswer, CancelAnswer, CommitAnswer, PreviewAnswer } from './answers.ts';
import { changeSale, draftOf } from './basket.ts';
import type { BeginOrder, Request } from './effects.ts';
import type { Account, FiscalDocument, OrderFacts, Quote } from './facts.ts';
import { also, become, focus, notice, stay, wait } from './move.ts';
import type { Move, NewId } from './move.ts';
import { needsHold } from './next-step.ts';
import { refusalNotice } from './refusals.ts';
import { betweenSales } from './state.ts';
import type { Result, SaleOrder, TillState } from './state.ts';

type Begin = Extract<Request, { do: 'begin' }>;
type Commit = Extract<Request, { do: 'commit' }>;
type Cancel = Extract<Request, { do: 'cancel' }>;

/** Starts or, when already begun, replaces the order. Each press has its own key; a lost answer is asked for by the same. */
export function begin(state: TillState, next: SaleOrder['after'], newId: NewId): Move {
  const { sale } = state;
  if (sale.lines.length === 0) return stay(state);
  if (!sale.quoteFresh || sale.quote === null) {
    return become(state, { armed: next === 'pay' ? 'pay' : 'next' });
  }
  const externalId = sale.order?.externalId ?? newId();
  const order: BeginOrder = {
    externalId,
    requestId: newId(),
    draft: draftOf(sale),
    quoteHash: sale.quote.quoteHash,
    after: next,
    lines: sale.lines,
  };
  const held: SaleOrder = {
    externalId,
    begun: sale.order?.begun ?? false,
    after: next,
    toPay: sale.order?.toPay ?? null,
  };
  return wait<Begin>(state, 'begin', { do: 'begin', order }, { armed: null, sale: { ...sale, order: held } });
}

/** Enter on a changed sum: the new sum is taken. */
export function acceptQuote(state: TillState, newId: NewId): Move {
  const before = state.sale.order?.after ?? 'pay';
  const next = needsHold(state) ? 'pay' : before;
  return begin({ ...state, notice: null }, next, newId);
}

export function commit(state: TillState, newId: NewId): Move {
  const { order } = state.sale;
  if (order === null) return stay(state);
  const fiscal = fiscalOf(state);
  if (fiscal === 'incomplete') {
    return become(state, { notice: notice('FiscalIncomplete', 'warn') }, focus('document'));
  }
  return wait<Commit>(state, 'commit', {
    do: 'commit',
    externalId: order.externalId,
    requestId: newId(),
    fiscal,
  });
}

export function cancel(state: TillState, newId: NewId): Move {
  const { order } = state.sale;
  if (order === null) return become(state, { stage: 'main' });
  return wait<Cancel>(state, 'cancel', {
    do: 'cancel',
    externalId: order.externalId,
    requestId: newId(),
  });
}

/** The number is spent: the same basket goes on under another. */
export function newOrder(state: TillState): Move {
  return changeSale(state, { order: null }, { stage: 'main', notice: null });
}

export function quoted(state: TillState, value: PreviewAnswer): Move {
  if (value.__typename !== 'OrderQuote') {
    return become(state, {
      armed: null,
      notice: refusalNotice(value),
      sale: { ...state.sale, quoting: null },
    });
  }
  const stale = state.notice?.enter === 'retry' && state.retry?.do === 'preview';
  const sale = {
    ...state.sale,
    quote: value,
    quoteFresh: true,
    provisional: false,
    quoting: null,
    spendNext: false,
  };
  const toPoints = state.sale.spendNext && value.points.max > 0 ? [focus('spend')] : [];
  return become(state, { ...(stale ? { notice: null, retry: null } : {}), sale }, ...toPoints);
}

export function begun(state: TillState, request: Begin, value: BeginAnswer, newId: NewId): Move {
  const { sale } = state;
  switch (value.__typename) {
    case 'OrderBegun': {
      const { externalId, after: next } = request.order;
      const order: SaleOrder = { externalId, begun: true, after: next, toPay: value.order.toPay };
      const held: TillState = { ...state, sale: { ...sale, order } };
      if (next === 'commit') return commit(held, newId);
      return become(held, { stage: 'payment' }, focus('primary'));
    }
    case 'QuoteChanged':
      return changed(state, value.quote, refusalNotice(value));
    case 'InsufficientPoints':
      return changeSale(state, { spend: value.max }, { stage: 'main', notice: refusalNotice(value) });
    case 'AccountBlocked':
      return changeSale(state, { spend: 0 }, { stage: 'main', notice: refusalNotice(value) });
    case 'VerificationRequired': {
      const shopper = sale.shopper && { ...sale.shopper, verified: false };
      return become(state, { stage: 'main', notice: refusalNotice(value), sale: { ...sale, shopper } });
    }
    case 'AlreadyCommitted':
      return showResult(state, resultOf(state, value.order, null));
    case 'AlreadyCancelled':
    case 'IdempotencyConflict':
      return become(state, { notice: refusalNotice(value), sale: { ...sale, order: null } });
    default:
      return become(state, { notice: refusalNotice(value) });
  }
}

/** The new sum stands on screen; where fewer points fit, the wish is lowered and counted once more. */
function changed(state: TillState, quote: Quote, said: TillState['notice']): Move {
  const spend = Math.min(state.sale.spend, quote.points.applied);
  const next: TillState = {
    ...state,
    stage: 'main',
    notice: {
      ...(said ?? notice('QuoteChanged', 'warn', 'acceptQuote')),
      facts: { ...said?.facts, ...changedOffers(state.sale.quote, quote), toPay: quote.toPay },
    },
    sale: { ...state.sale, quote, quoteFresh: true, provisional: false },
  };
  return spend === state.sale.spend ? stay(next) : changeSale(next, { spend });
}

/** Which promotions went away and which came, by their titles. */
function changedOffers(before: Quote | null, now: Quote): { gone: string[]; come: string[] } {
  return { gone: titlesBeside(before, now), come: titlesBeside(now, before) };
}

/** Titles of promotions that only the first has. */
function titlesBeside(quote: Quote | null, other: Quote | null): string[] {
  return (quote?.offers ?? [])
    .filter(({ promotionId }) => !other?.offers.some((one) => one.promotionId === promotionId))
    .map(({ title }) => title);
}

/** The till's own count stands until the server's is there; what can be begun is the server's alone. */
export function reckoned(state: TillState, asked: number, quote: Quote): Move {
  const { sale } = state;
  if (sale.quoting !== asked || sale.quoteFresh) return stay(state);
  return become(state, { sale: { ...sale, quote, provisional: true } });
}

export function committed(state: TillState, value: CommitAnswer): Move {
  switch (value.__typename) {
    case 'OrderCommitted': {
      const result = resultOf(state, value.order, value.account);
      return showResult(state, {
        ...result,
        earned: value.earned,
        activateAt: value.activateAt,
        overdrawn: value.overdrawn,
      });
    }
    case 'ReceiptTaken': {
      const said = refusalNotice(value);
      const facts = { ...said.facts, toPay: value.order.toPay };
      const text = { ...state.text, drive: '', document: '', sign: '' };
      return become(state, { notice: { ...said, facts }, text });
    }
    default:
      return become(state, { notice: refusalNotice(value) });
  }
}

export function cancelled(state: TillState, value: CancelAnswer): Move {
  switch (value.__typename) {
    case 'OrderCancelled':
      return newOrder(state);
    case 'AlreadyCommitted':
      return showResult(state, resultOf(state, value.order, null));
    default:
      return become(state, { notice: refusalNotice(value) });
  }
}

function showResult(state: TillState, result: Result): Move {
  const shown = become(state, { ...betweenSales(), stage: 'result', result }, focus('primary'));
  const mayBring = result.known && (state.sale.quote?.offers.length ?? 0) > 0;
  return mayBring ? also(shown, { do: 'askIssued', externalId: result.externalId }) : shown;
}

function resultOf(state: TillState, order: OrderFacts, account: Account | null): Result {
  return {
    externalId: order.externalId,
    earned: order.earned,
    activateAt: null,
    spent: order.pointsSpent,
    known: state.sale.shopper !== null,
    balance: account?.available ?? null,
    pending: account?.nextActivation ?? null,
    toPay: order.toPay,
    saved: order.discount,
    codes: [],
    currency: order.currency,
    overdrawn: 0,
    givenName: state.sale.shopper?.givenName ?? null,
    undone: null,
  };
}

function fiscalOf(state: TillState): FiscalDocument | 'incomplete' | null {
  const drive = state.text.drive.trim();
  const document = state.text.document.trim();
  const sign = state.text.sign.trim();
  if (drive === '' && document === '' && sign === '') return null;
  return drive === '' || document === '' ? 'incomplete' : { drive, document, sign };
}
