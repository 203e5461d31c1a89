import { phoneDigits } from './phone.ts';
import type { Act, TillState } from './state.ts';

export interface NextStep {
  act: Act;
  /** Decimal string, where the step is about a sum. */
  amount: string | null;
  points: number;
}

function next(act: Act, amount: string | null = null, points = 0): NextStep {
  return { act, amount, points };
}

/** The next step of the till: the label of the primary button and what Enter does. */
export function nextStep(state: TillState): NextStep {
  if (state.busy !== null) return next('wait');
  if (state.dialog === 'keys') return next('closeKeys');
  if (state.dialog === 'promo') return next('addPromo');
  if (state.sessionOver) return signInStep(state);
  if (state.notice?.enter) return next(state.notice.enter, state.sale.quote?.toPay ?? null);
  switch (state.stage) {
    case 'starting':
      return next('wait');
    case 'pairing':
      return next('pair');
    case 'lock':
      return signInStep(state);
    case 'main':
      return mainStep(state);
    case 'register':
      return next('sendCode');
    case 'code':
      return codeStep(state);
    case 'payment':
      return next('commit', state.sale.order?.toPay ?? state.sale.quote?.toPay ?? null);
    case 'result':
      return next('nextSale');
  }
}

function signInStep(state: TillState): NextStep {
  return next(state.cashierId === null ? 'chooseCashier' : 'signIn');
}

function codeStep(state: TillState): NextStep {
  if (state.waiving) return next('waive');
  const full = state.text.code.length === state.challenge?.codeLength;
  return next(full ? 'confirm' : 'enterCode');
}

function mainStep(state: TillState): NextStep {
  const { sale, text } = state;
  if (text.search.trim() !== '') return next('addProduct');
  if (sale.shopper === null && phoneDigits(text.phone) !== '') return next('find');
  if (sale.lines.length === 0) return next(sale.shopper === null ? 'phone' : 'scan');
  if (sale.quote === null) return next('wait');
  if (sale.spend > 0 && sale.shopper?.verified === false) return next('sendCode');
  const { toPay, points } = sale.quote;
  if (needsHold(state)) return next('holdAndPay', toPay, points.applied);
  return next('finish', toPay);
}

/**
 * Points and promo codes are held before the money is taken, and a discount of ours is fixed before it. A plain
 * sale has nothing to hold: one press records it, which keeps a known shopper within twelve key presses.
 */
export function needsHold(state: TillState): boolean {
  const { quote, promoCodes, order, spend } = state.sale;
  if (quote === null) return true;
  const discounted = /[1-9]/.test(quote.discount);
  return (
    spend > 0 || quote.points.applied > 0 || promoCodes.length > 0 || discounted || order?.begun === true
  );
}
