import type { Effect, Request } from './effects.ts';
import type { FocusTarget } from './fields.ts';
import type { BusyKind, Notice, TillState } from './state.ts';

/** The state after an event, and what is to be done about it. */
export interface Move {
  state: TillState;
  effects: Effect[];
}

/** Makes an id (UUIDv7). The only thing the flow takes from outside. */
export type NewId = () => string;

export function stay(state: TillState): Move {
  return { state, effects: [] };
}

export function become(state: TillState, change: Partial<TillState>, ...effects: Effect[]): Move {
  return { state: { ...state, ...change }, effects };
}

export function focus(target: FocusTarget): Effect {
  return { do: 'focus', target };
}

/** Numbers the request, so that an answer nobody waits for any more is told apart. */
export function ask<R extends Request>(
  state: TillState,
  request: Omit<R, 'ask'>,
): { asks: number; request: R } {
  const asks = state.asks + 1;
  // An Omit of one member of a union plus its missing key is that member again.
  return { asks, request: { ...request, ask: asks } as R };
}

/** Sends a request the screen waits for. */
export function wait<R extends Request>(
  state: TillState,
  what: BusyKind,
  request: Omit<R, 'ask'>,
  change: Partial<TillState> = {},
): Move {
  const asked = ask<R>(state, request);
  return become(
    state,
    {
      ...change,
      asks: asked.asks,
      busy: { what, ask: asked.asks, slow: false },
      notice: null,
      retry: null,
    },
    asked.request,
  );
}

export function notice(
  code: string,
  tone: Notice['tone'],
  enter: Notice['enter'] = null,
  facts: Notice['facts'] = {},
): Notice {
  return { code, tone, enter, facts };
}

export function withText(state: TillState, text: Partial<TillState['text']>): TillState['text'] {
  return { ...state.text, ...text };
}

/** Adds effects to a move without losing its own. */
export function also(move: Move, ...effects: Effect[]): Move {
  return { state: move.state, effects: [...move.effects, ...effects] };
}
