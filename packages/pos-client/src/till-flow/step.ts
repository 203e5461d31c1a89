import { byHand } from './hands.ts';
import type { TillEvent, WorldEvent } from './events.ts';
import { nextSale } from './escape.ts';
import { become, notice, stay } from './move.ts';
import type { Move, NewId } from './move.ts';
import { reckoned } from './order.ts';
import { pressArmed } from './press.ts';
import { isAwaited, onAnswer, onFailure, slow } from './replies.ts';
import { resume } from './retry.ts';
import { recovered, started } from './session.ts';
import type { TillState } from './state.ts';

/**
 * The till's state table: what stands on the screen after an event, and what is to be sent, stored or focused.
 * Pure: the same state, event and ids give the same move.
 */
export function step(state: TillState, event: TillEvent, newId: NewId): Move {
  switch (event.type) {
    case 'answered': {
      if (!isAwaited(state, event.request)) return stay(state);
      const there = { ...state, online: true };
      return pressArmed(onAnswer(there, event.request, event.answer, newId), newId);
    }
    case 'failed':
      return isAwaited(state, event.request) ? onFailure(state, event.request, event.failure) : stay(state);
    case 'started':
    case 'network':
    case 'clockRead':
    case 'updateReady':
    case 'slow':
    case 'resultShown':
    case 'reckoned':
    case 'codesIssued':
    case 'recovered':
    case 'unfinished':
      return onWorld(state, event);
    default:
      return byHand(state, event, newId);
  }
}

function onWorld(state: TillState, event: WorldEvent): Move {
  switch (event.type) {
    case 'started':
      return started(state, event.paired);
    case 'network': {
      const next = { ...state, online: event.online };
      return event.online ? resume(next) : stay(next);
    }
    case 'clockRead':
      return become(state, { skewMinutes: event.skewMinutes });
    case 'updateReady':
      return become(state, { updateReady: true });
    case 'slow':
      return slow(state, event.ask);
    case 'resultShown':
      // A question or a request that is out keeps it.
      return state.stage === 'result' && state.notice === null && state.busy === null
        ? nextSale(state)
        : stay(state);
    case 'reckoned':
      return reckoned(state, event.ask, event.quote);
    case 'codesIssued': {
      const { result } = state;
      if (result?.externalId !== event.externalId || result.undone !== null) return stay(state);
      return become(state, { result: { ...result, codes: event.codes } });
    }
    case 'recovered':
      return recovered(state, event.begun);
    case 'unfinished': {
      const said =
        event.refusal === null
          ? notice('Finished', 'info', null, { earned: event.earned })
          : notice('FinishRefused', 'bad', 'dismiss', { refusal: event.refusal });
      return become(state, { unfinished: event.count, notice: state.notice ?? said });
    }
  }
}
