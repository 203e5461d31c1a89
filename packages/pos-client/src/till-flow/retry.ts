import { changeSale } from './basket.ts';
import type { Request } from './effects.ts';
import { become, stay } from './move.ts';
import type { Move } from './move.ts';
import type { BusyKind, TillState } from './state.ts';

/** What the screen says it is doing while a request is out; null for those nobody waits for. */
export function busyKind(request: Request): BusyKind | null {
  switch (request.do) {
    case 'loadTill':
      return 'load';
    case 'identify':
      return request.verify ? 'sendCode' : 'find';
    case 'lookUp':
    case 'search':
    case 'preview':
      return null;
    default:
      return request.do;
  }
}

/** The request whose answer was lost, once more and with the same keys. */
export function retry(state: TillState): Move {
  const lost = state.retry;
  if (lost === null) return become(state, { notice: null });
  if (lost.do === 'preview') return changeSale(state, {}, { notice: null, retry: null });
  const asks = state.asks + 1;
  const what = busyKind(lost);
  const busy = what === null ? state.busy : { what, ask: asks, slow: false };
  const searching = lost.do === 'search' ? asks : state.searching;
  return become(state, { asks, busy, searching, notice: null, retry: null }, { ...lost, ask: asks });
}

/** The network is back: what waited for it goes on by itself. */
export function resume(state: TillState): Move {
  return state.notice?.code === 'OFFLINE' && state.retry !== null ? retry(state) : stay(state);
}
