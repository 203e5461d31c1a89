import { changeSale, setSpend } from './basket.ts';
import { become, focus, stay, also, withText } from './move.ts';
import type { Move, NewId } from './move.ts';
import { cancel, newOrder } from './order.ts';
import { leaveCode, openWaiver } from './shopper.ts';
import { betweenSales } from './state.ts';
import type { BusyKind, TillState } from './state.ts';

/** What may be let go while it is on its way; an order never is. */
const droppable: readonly BusyKind[] = ['pair', 'signIn', 'find', 'sendCode', 'resend', 'confirm'];

/** One step back, whatever the till is doing. */
export function escape(state: TillState, newId: NewId): Move {
  if (state.dialog !== null) return become(state, { dialog: null, text: withText(state, { promo: '' }) });
  if (state.sessionOver) return become(state, { text: withText(state, { pin: '' }) });
  const lost = leaveLostRequest(state, newId);
  if (lost !== null) return lost;
  if (state.busy !== null) {
    return droppable.includes(state.busy.what) ? become(state, { busy: null, armed: null }) : stay(state);
  }
  if (state.armed !== null) return become(state, { armed: null });
  if (state.found !== null || state.text.search !== '') {
    return become(state, { found: null, searching: null, text: withText(state, { search: '' }) });
  }
  return stepBack(state, newId);
}

/** An order whose last answer was lost is finished, or let go, behind the cashier's back. */
function leaveLostRequest(state: TillState, newId: NewId): Move | null {
  if (state.busy !== null) return null;
  switch (state.retry?.do) {
    case 'commit': {
      const { externalId } = state.retry;
      const change = { ...betweenSales(), stage: 'main', unfinished: state.unfinished + 1 } as const;
      return become(state, change, { do: 'postpone', externalId }, focus('phone'));
    }
    case 'begin': {
      const { externalId } = state.retry.order;
      const quiet = { do: 'abandon', externalId, requestId: newId() } as const;
      return also(newOrder({ ...state, retry: null }), quiet);
    }
    case 'cancel': {
      const { externalId, requestId } = state.retry;
      return also(newOrder({ ...state, retry: null }), { do: 'abandon', externalId, requestId });
    }
    default:
      return null;
  }
}

function stepBack(state: TillState, newId: NewId): Move {
  switch (state.stage) {
    case 'starting':
    case 'pairing':
      return become(state, { notice: null });
    case 'lock':
      return become(state, { notice: null, cashierId: null, text: withText(state, { pin: '' }) });
    case 'code':
      return state.waiving ? openWaiver(state) : leaveCode(state);
    case 'register':
      return also(leaveCode(state), focus('phone'));
    case 'payment':
      return cancel(state, newId);
    case 'result':
      return state.notice === null
        ? nextSale(state)
        : become(state, { notice: null, retry: null }, focus('primary'));
    case 'main':
      return mainBack(state, newId);
  }
}

function mainBack(state: TillState, newId: NewId): Move {
  const { sale } = state;
  // Good news is no step: Esc goes on to what lies under it.
  const asks = state.notice !== null && state.notice.tone !== 'info';
  if (asks || state.unknown !== null) return become(state, { notice: null, retry: null, unknown: null });
  if (state.text.phone !== '') return become(state, { text: withText(state, { phone: '' }) }, focus('phone'));
  if (sale.order?.begun === true) return cancel(state, newId);
  if (sale.spend > 0) return setSpend(state, 0);
  if (sale.shopper !== null) return dropShopper(state);
  return stay(state);
}

export function dropShopper(state: TillState): Move {
  return also(changeSale(state, { shopper: null, spend: 0 }, { notice: null }), focus('phone'));
}

export function nextSale(state: TillState): Move {
  return become(state, { ...betweenSales(), stage: 'main', result: null }, focus('phone'));
}
