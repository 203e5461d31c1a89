import type { PairAnswer, SignInAnswer } from './answers.ts';
import type { BeginOrder, Request } from './effects.ts';
import type { TillInfo } from './facts.ts';
import { become, focus, stay, also, wait, withText } from './move.ts';
import type { Move } from './move.ts';
import { refusalNotice } from './refusals.ts';
import { betweenSales, emptySale, isBetweenSales } from './state.ts';
import type { TillState } from './state.ts';

type Pair = Extract<Request, { do: 'pair' }>;
type LoadTill = Extract<Request, { do: 'loadTill' }>;
type SignIn = Extract<Request, { do: 'signIn' }>;

export function started(state: TillState, hasToken: boolean): Move {
  if (!hasToken) return become(state, { stage: 'pairing' }, focus('pairing'));
  return wait<LoadTill>(state, 'load', { do: 'loadTill' });
}

export function pair(state: TillState): Move {
  const code = state.text.pairing.trim();
  if (code === '') return become(state, {}, focus('pairing'));
  return wait<Pair>(state, 'pair', { do: 'pair', code });
}

export function paired(state: TillState, value: PairAnswer): Move {
  if (value.__typename !== 'TillPaired') {
    return become(state, { notice: refusalNotice(value) }, focus('pairing'));
  }
  return locked(state, value.till);
}

/** A token the server no longer knows answers no till: the till is paired anew. */
export function loaded(state: TillState, till: TillInfo | null): Move {
  if (till === null) return unpaired(state);
  if (state.stage !== 'starting') return become(state, { till });
  return locked(state, till);
}

export function unpaired(state: TillState): Move {
  const said = { code: 'TILL_UNPAIRED', tone: 'bad', facts: {}, enter: null } as const;
  const clean = { ...betweenSales(), stage: 'pairing', cashier: null, sessionOver: false } as const;
  return become(state, { ...clean, till: null, notice: said }, { do: 'unpair' }, focus('pairing'));
}

function locked(state: TillState, till: TillInfo): Move {
  const only = till.cashiers.length === 1 ? (till.cashiers[0]?.id ?? null) : null;
  return become(
    state,
    { ...betweenSales(), stage: 'lock', till, cashier: null, cashierId: only },
    focus('pin'),
  );
}

export function chooseCashier(state: TillState, id: string): Move {
  return become(state, { cashierId: id, notice: null, text: withText(state, { pin: '' }) }, focus('pin'));
}

export function signIn(state: TillState): Move {
  if (state.cashierId === null || state.text.pin === '') return become(state, {}, focus('pin'));
  // The request that met the end of the session waits until there is a new one.
  const kept = state.retry;
  const move = wait<SignIn>(state, 'signIn', {
    do: 'signIn',
    cashierId: state.cashierId,
    pin: state.text.pin,
  });
  return become(move.state, { retry: kept }, ...move.effects);
}

export function signedIn(state: TillState, value: SignInAnswer): Move {
  const text = withText(state, { pin: '' });
  if (value.__typename !== 'CashierSignedIn') {
    return become(state, { text, notice: refusalNotice(value) }, focus('pin'));
  }
  const ready = { text, cashier: value.cashier, sessionOver: false, notice: null };
  if (state.stage === 'lock') {
    return become(state, { ...ready, stage: 'main', result: null }, { do: 'recover' }, focus('phone'));
  }
  return become(state, ready, focus(state.stage === 'code' ? 'code' : 'search'));
}

/** Between sales the till is locked; in the middle of one the PIN is asked over it and the basket stays. */
export function lock(state: TillState): Move {
  if (state.cashier === null || state.busy !== null) return stay(state);
  if (state.stage === 'result' || isBetweenSales(state)) {
    const change = { ...betweenSales(), stage: 'lock', cashier: null, result: null } as const;
    return become(state, change, { do: 'signOut' }, focus('pin'));
  }
  return become(state, { sessionOver: true, dialog: null, armed: null }, { do: 'signOut' }, focus('pin'));
}

/** After a reload: the order that was begun goes on from its stored keys. */
export function recovered(state: TillState, order: BeginOrder | null): Move {
  if (order === null || state.stage !== 'main') return stay(state);
  const { visitId } = order.draft;
  const shopper = visitId === null ? null : strangerWith(visitId, order.draft.spendPoints > 0);
  const sale = {
    ...emptySale(),
    lines: order.lines,
    promoCodes: order.draft.promoCodes,
    spend: order.draft.spendPoints,
    shopper,
    order: { externalId: order.externalId, begun: true, after: order.after, toPay: null },
  };
  const move = wait<Extract<Request, { do: 'begin' }>>({ ...state, sale }, 'begin', { do: 'begin', order });
  return also(move, focus('primary'));
}

function strangerWith(visitId: string, verified: boolean): TillState['sale']['shopper'] {
  return {
    address: null,
    visitId,
    verified,
    expiresAt: null,
    givenName: null,
    maskedPhone: null,
    birthDate: null,
    account: null,
    offers: [],
    taken: [],
    quoteFacts: null,
  };
}
