import type { Failure } from './answers.ts';
import { addProduct, showFound } from './basket.ts';
import type { Request } from './effects.ts';
import type { Answer } from './events.ts';
import { ask, become, focus, notice, stay } from './move.ts';
import type { Move, NewId } from './move.ts';
import { begun, cancelled, committed, quoted } from './order.ts';
import { failures } from './refusals.ts';
import { busyKind, retry } from './retry.ts';
import { loaded, paired, signedIn, unpaired } from './session.ts';
import { confirmed, identified, identify, resent } from './shopper.ts';
import { undone } from './undo.ts';
import type { TillState } from './state.ts';

type Search = Extract<Request, { do: 'search' }>;
type Of<Name extends Request['do']> = Extract<Request, { do: Name }>;

/** Somebody still waits for this answer: it was not dropped, replaced or overtaken. */
export function isAwaited(state: TillState, request: Request): boolean {
  switch (request.do) {
    case 'preview':
      return state.sale.quoting === request.ask;
    case 'search':
      return state.searching === request.ask;
    case 'lookUp':
      return state.stage !== 'lock' && state.stage !== 'pairing' && state.stage !== 'result';
    default:
      return state.busy?.ask === request.ask;
  }
}

export function onAnswer(before: TillState, request: Request, answer: Answer, newId: NewId): Move {
  const state = busyKind(request) === null ? before : { ...before, busy: null };
  switch (answer.to) {
    case 'pair':
      return paired(state, answer.value);
    case 'loadTill':
      return loaded(state, answer.value);
    case 'signIn':
      return afterSignIn(before, signedIn(state, answer.value));
    case 'identify':
      return identified(state, request as Of<'identify'>, answer.value);
    case 'resend':
      return resent(state, answer.value);
    case 'confirm':
      return confirmed(state, answer.value);
    case 'lookUp':
      return lookedUp(state, request as Of<'lookUp'>, answer.value.byBarcode ?? answer.value.bySku);
    case 'search':
      return showFound(state, answer.value);
    case 'preview':
      return quoted(state, answer.value);
    case 'begin':
      return begun(state, request as Of<'begin'>, answer.value, newId);
    case 'commit':
      return committed(state, answer.value);
    case 'cancel':
      return cancelled(state, answer.value);
    case 'undo':
      return undone(state, answer.value);
  }
}

/** The request that met the end of the session goes out again under the new one. */
function afterSignIn(before: TillState, move: Move): Move {
  if (!before.sessionOver || move.state.sessionOver || before.retry === null) return move;
  return retry({ ...move.state, retry: before.retry });
}

function lookedUp(
  state: TillState,
  request: Of<'lookUp'>,
  product: Parameters<typeof addProduct>[1] | null,
): Move {
  if (product !== null) return addProduct(state, product);
  const free = state.sale.shopper === null && state.busy === null && state.stage === 'main';
  if (request.orCard && free) return identify(state, { card: request.code }, false);
  if (!request.orCard && state.text.search.trim() === request.code && request.code.length > 1) {
    const asked = ask<Search>(state, { do: 'search', text: request.code });
    return become(state, { asks: asked.asks, searching: asked.asks }, asked.request);
  }
  return become(state, { notice: notice('NothingFound', 'warn', 'dismiss', { code: request.code }) });
}

export function onFailure(before: TillState, request: Request, failure: Failure): Move {
  const state = busyKind(request) === null ? before : { ...before, busy: null };
  const sale = request.do === 'preview' ? { ...state.sale, quoting: null } : state.sale;
  const next: TillState = { ...state, sale, armed: null };
  if (failure.reason === 'TILL_UNPAIRED') return unpaired(next);
  if (failure.reason === 'SESSION_OVER') {
    if (request.do === 'signIn' || request.do === 'loadTill') return unpaired(next);
    const asleep = next.cashierId ?? next.cashier?.id ?? null;
    return become(next, { sessionOver: true, cashierId: asleep, retry: request, notice: null }, focus('pin'));
  }
  const { tone, enter } = failures[failure.reason];
  const facts = { during: request.do, errorId: failure.errorId, retryAfterMs: failure.retryAfterMs };
  const online = failure.reason === 'OFFLINE' ? false : next.online;
  // Searching is only help: the cashier types on and the next letter asks again.
  if (request.do === 'search') return become(next, { searching: null, online });
  if (request.do === 'signIn' || request.do === 'pair') {
    return become(next, { online, notice: notice(failure.reason, tone, null, facts) });
  }
  return become(next, { online, retry: request, notice: notice(failure.reason, tone, enter, facts) });
}

export function slow(state: TillState, asked: number): Move {
  if (state.busy?.ask !== asked) return stay(state);
  return become(state, { busy: { ...state.busy, slow: true } });
}
