import { addProduct, moveLine, removePromo, setQuantity, setSpend, voidLine } from './basket.ts';
import type { Request } from './effects.ts';
import { dropShopper, escape, nextSale } from './escape.ts';
import type { HandEvent } from './events.ts';
import { ask, become, focus, notice, stay, also, withText } from './move.ts';
import type { Move, NewId } from './move.ts';
import { phoneDigits } from './phone.ts';
import { press } from './press.ts';
import { chooseCashier, lock } from './session.ts';
import { askCodeAgain, confirm, openWaiver, register, sendCode, withoutCode } from './shopper.ts';
import { isBetweenSales } from './state.ts';
import type { Field } from './fields.ts';
import type { TillState } from './state.ts';
import { begin } from './order.ts';
import { takeOffer } from './offers.ts';
import { wantUndo } from './undo.ts';

type LookUp = Extract<Request, { do: 'lookUp' }>;
type Search = Extract<Request, { do: 'search' }>;
type Key = Extract<HandEvent, { type: 'key' }>['key'];

const SALE_STAGES: readonly TillState['stage'][] = ['main', 'register', 'code', 'payment', 'result'];

export function byHand(state: TillState, event: HandEvent, newId: NewId): Move {
  switch (event.type) {
    case 'typed':
      return typed(state, event.field, event.text);
    case 'primary':
      return press(state, newId);
    case 'escape':
      return escape(state, newId);
    case 'key':
      return key(state, event.key, newId);
    case 'scanned':
      return scanned(state, event.code);
    case 'cashierChosen':
      return chooseCashier(state, event.id);
    case 'managerChosen':
      return become(state, { managerId: event.id }, focus('managerPin'));
    case 'consentGiven':
      return become(state, {
        consents: { ...state.consents, [event.textId]: event.granted },
        notice: null,
      });
    case 'undoWanted':
      return wantUndo(state);
    case 'updateWanted':
      // Never in the middle of a receipt.
      return isBetweenSales(state) ? become(state, {}, { do: 'reload' }) : stay(state);
    case 'codeAskedAgain':
      return state.busy === null ? askCodeAgain(state, event.channel) : stay(state);
    default:
      return onBasket(state, event);
  }
}

/** Lines stand still while the order made of them is on its way. */
function onBasket(state: TillState, event: HandEvent): Move {
  if (orderOnItsWay(state)) return become(state, {});
  switch (event.type) {
    case 'productChosen': {
      const product = state.found?.products[event.index];
      return product === undefined ? stay(state) : also(addProduct(state, product), focus('search'));
    }
    case 'foundMoved': {
      if (state.found === null) return stay(state);
      const last = state.found.products.length - 1;
      const selected = Math.max(0, Math.min(last, state.found.selected + event.by));
      return become(state, { found: { ...state.found, selected } });
    }
    case 'lineMoved':
      return moveLine(state, event.by);
    case 'lineSelected':
      return become(state, { sale: { ...state.sale, selected: event.key } });
    case 'quantitySet':
      return setQuantity(state, event.key, event.milli);
    case 'lineVoided':
      return voidLine(state, event.key);
    case 'spendSet':
      return setSpend(state, event.points);
    case 'promoRemoved':
      return removePromo(state, event.code);
    case 'offerTaken':
      return takeOffer(state, event.id);
    default:
      return stay(state);
  }
}

/** An order request that is out, or whose answer was lost, fixes the basket it was made of. */
export function orderOnItsWay(state: TillState): boolean {
  const busy = state.busy?.what;
  const lost = state.retry?.do;
  return (
    busy === 'begin' ||
    busy === 'commit' ||
    busy === 'cancel' ||
    busy === 'undo' ||
    lost === 'begin' ||
    lost === 'commit' ||
    lost === 'cancel' ||
    lost === 'undo'
  );
}

function typed(state: TillState, field: Field, raw: string): Move {
  const value = cleaned(state, field, raw);
  if (value === state.text[field]) return stay(state);
  const kept = orderOnItsWay(state);
  const text = withText(state, { [field]: value });
  const clear = kept ? {} : { notice: null, retry: null };
  if (field === 'phone') return become(state, { ...clear, text, unknown: null, armed: null });
  if (field === 'search') return search(state, value, { ...clear, text });
  const next: TillState = { ...state, ...clear, text };
  const full = field === 'code' && value !== '' && value.length === state.challenge?.codeLength;
  return full && state.busy === null ? confirm(next) : stay(next);
}

function cleaned(state: TillState, field: Field, raw: string): string {
  switch (field) {
    case 'phone':
      return phoneDigits(raw).slice(0, 16);
    case 'code':
      return digits(raw).slice(0, state.challenge?.codeLength ?? 8);
    case 'pin':
    case 'managerPin':
      return digits(raw).slice(0, 12);
    default:
      return raw.slice(0, 200);
  }
}

function digits(raw: string): string {
  return raw.normalize('NFKC').replace(/\D/g, '');
}

function search(state: TillState, text: string, change: Partial<TillState>): Move {
  if (text.trim().length < 2) return become(state, { ...change, found: null, searching: null });
  const asked = ask<Search>(state, { do: 'search', text: text.trim() });
  return become(state, { ...change, asks: asked.asks, searching: asked.asks, found: null }, asked.request);
}

/** A scan is goods, or else a card. The result of the last sale goes away by itself. */
function scanned(state: TillState, code: string): Move {
  if (!SALE_STAGES.includes(state.stage) || state.sessionOver) return stay(state);
  if (orderOnItsWay(state)) return become(state, { notice: state.notice ?? notice('FinishFirst', 'warn') });
  const fresh = state.stage === 'result' ? nextSale(state).state : state;
  const asked = ask<LookUp>(fresh, { do: 'lookUp', code, orCard: true });
  return become(fresh, { asks: asked.asks, dialog: null }, asked.request);
}

function key(state: TillState, name: Key, newId: NewId): Move {
  if (name === 'F1') return become(state, { dialog: state.dialog === 'keys' ? null : 'keys' });
  if (!SALE_STAGES.includes(state.stage) || state.sessionOver || orderOnItsWay(state)) return stay(state);
  if (name === 'F4') return withoutCode(state);
  if (state.busy !== null) return stay(state);
  const open = state.stage === 'result' ? nextSale(state).state : state;
  return onKey({ ...open, dialog: null }, name, newId);
}

function onKey(state: TillState, name: Key, newId: NewId): Move {
  const coded = state.stage === 'code';
  switch (name) {
    case 'F2':
      if (state.stage !== 'main') return stay(state);
      return state.sale.shopper === null ? become(state, {}, focus('phone')) : dropShopper(state);
    case 'F3':
      return state.stage === 'main' ? register(dropShopper(state).state) : stay(state);
    case 'F6':
      return become(state, { dialog: 'promo' }, focus('promo'));
    case 'F7':
      if (coded) return askCodeAgain(state, null);
      return state.sale.shopper?.verified === false ? sendCode(state) : become(state, {}, focus('spend'));
    case 'F8':
      if (coded) return openWaiver(state);
      return state.stage === 'main' ? begin(state, 'pay', newId) : stay(state);
    case 'F9':
      return become(state, {}, focus('search'));
    case 'F10':
      return lock(state);
    default:
      return stay(state);
  }
}
