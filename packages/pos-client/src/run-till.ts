import {
  cancelOrder,
  commitOrder,
  issuedCodes,
  noteOffer,
  perform,
  quoteRules,
  signOut,
} from './api/perform.ts';
import type { Counter } from './api/perform.ts';
import { TransportFailure } from './api/transport.ts';
import type { UnfinishedOrder } from './offline/till-store.ts';
import type { Failure } from './till-flow/answers.ts';
import type { Effect, Order, Request } from './till-flow/effects.ts';
import type { TillInfo } from './till-flow/facts.ts';
import { createReckoner } from './provisional/reckoner.ts';
import { step, startState } from './till-flow/index.ts';
import type { FocusTarget, TillEvent, TillState } from './till-flow/index.ts';

/** Told to people after so long. */
const SLOW_MS = 2_000;
const PREVIEW_PAUSE_MS = 40;
const SEARCH_PAUSE_MS = 120;
const BACKGROUND_MS = 15_000;
const CLOCK_MS = 5 * 60_000;
const ISSUED_MS = [500, 2_000];

export interface TillParts extends Counter {
  newId: () => string;
  later: (ms: number, run: () => void) => () => void;
  show: (state: TillState) => void;
  focus: (target: FocusTarget) => void;
  reload: () => void;
  /** The calculation of receipts, after the first screen. */
  loadCalculation: () => Promise<typeof import('./provisional/provisional-quote.ts')>;
}

export interface RunningTill {
  dispatch: (event: TillEvent) => void;
  /** Server's clock as the till knows it, epoch milliseconds. */
  serverNow: () => number;
  /** Finishes what the background owes; also called when the network comes back. */
  finishOld: () => Promise<void>;
}

/** Runs the state table: events in, the screen and the requests out. */
export function runTill(parts: TillParts): RunningTill {
  let state = startState();
  let clockOffset = 0;
  let finishing = false;
  const pauses = new Map<Request['do'], () => void>();
  const reckoner = createReckoner({
    askRules: () => quoteRules(parts),
    loadCalculation: parts.loadCalculation,
    serverNow: () => parts.now() + clockOffset,
  });

  function dispatch(event: TillEvent): void {
    const move = step(state, event, parts.newId);
    state = move.state;
    parts.show(state);
    for (const effect of move.effects) run(effect);
  }

  function run(effect: Effect): void {
    if (!('ask' in effect)) runOrder(effect);
    else if (effect.do === 'preview') preview(effect);
    else if (effect.do === 'search') afterPause(effect, SEARCH_PAUSE_MS);
    else void send(effect);
  }

  /** The till's own count at once, the server's as soon as it comes. */
  function preview(request: Extract<Request, { do: 'preview' }>): void {
    afterPause(request, PREVIEW_PAUSE_MS);
    const quote = reckoner.reckon(request.draft, state.sale);
    if (quote !== null) dispatch({ type: 'reckoned', ask: request.ask, quote });
  }

  function afterPause(request: Request, ms: number): void {
    pauses.get(request.do)?.();
    pauses.set(
      request.do,
      parts.later(ms, () => void send(request)),
    );
  }

  async function send(request: Request): Promise<void> {
    const hush = parts.later(SLOW_MS, () => dispatch({ type: 'slow', ask: request.ask }));
    try {
      const answer = await perform(parts, request);
      reckoner.learn(answer);
      if (answer.to === 'loadTill' && answer.value !== null) readClock(answer.value);
      if (answer.to === 'pair' && answer.value.__typename === 'TillPaired') {
        readClock(answer.value.till);
      }
      dispatch({ type: 'answered', request, answer });
    } catch (cause) {
      dispatch({ type: 'failed', request, failure: failureOf(cause) });
    } finally {
      hush();
    }
  }

  function readClock({ serverTime, clockAheadSeconds }: TillInfo): void {
    clockOffset = Date.parse(serverTime) - parts.now();
    const wrongBy = clockOffset - clockAheadSeconds * 1000;
    dispatch({ type: 'clockRead', skewMinutes: Math.round(wrongBy / 60_000) });
  }

  function runOrder(order: Order): void {
    switch (order.do) {
      case 'focus':
        return parts.focus(order.target);
      case 'reload':
        return parts.reload();
      case 'signOut':
        return quietly(signOut(parts));
      case 'unpair':
        parts.tokens.till = null;
        parts.tokens.cashier = null;
        return quietly(parts.store.dropToken());
      case 'postpone':
        return quietly(finishOld());
      case 'abandon':
        return quietly(abandon(order.externalId, order.requestId));
      case 'recover':
        return quietly(recover());
      case 'noteOffers':
        return quietly(note(order));
      case 'askIssued':
        return askIssued(order.externalId);
    }
  }

  /** The hold runs out by itself when this does not get through. */
  async function abandon(externalId: string, requestId: string): Promise<void> {
    await parts.store.finish(externalId);
    await cancelOrder(parts, externalId, requestId);
  }

  async function note({ visitId, offerIds, happened }: Extract<Order, { do: 'noteOffers' }>): Promise<void> {
    for (const offerId of offerIds) await noteOffer(parts, { visitId, offerId, happened });
  }

  /** The result stands for some seconds: long enough for a code to come. */
  function askIssued(externalId: string): void {
    for (const ms of ISSUED_MS)
      parts.later(ms, () => {
        const { result } = state;
        if (result?.externalId !== externalId || result.codes.length > 0) return;
        const told = issuedCodes(parts, externalId).then((codes) =>
          dispatch({ type: 'codesIssued', externalId, codes }),
        );
        quietly(told);
      });
  }

  async function recover(): Promise<void> {
    const order = await parts.store.toPay(parts.now());
    dispatch({ type: 'recovered', begun: order?.begin ?? null });
  }

  async function finishOld(): Promise<void> {
    if (finishing || parts.tokens.till === null) return;
    finishing = true;
    try {
      for (const order of await parts.store.toCommit()) {
        if (state.sale.order?.externalId !== order.externalId) await finishOne(order);
      }
    } finally {
      finishing = false;
    }
  }

  async function finishOne(order: UnfinishedOrder): Promise<void> {
    if (order.commit === null) return;
    const { externalId, commit } = order;
    const value = await commitOrder(parts, externalId, commit.requestId, commit.fiscal);
    const badReceipt = value.__typename === 'ReceiptTaken' || value.__typename === 'InvalidInput';
    if (badReceipt && commit.fiscal !== null) {
      // The sale is a fact even where the typed document is not: it is recorded without the document.
      await parts.store.keepCommit(externalId, parts.newId(), null);
    } else {
      await parts.store.finish(externalId);
    }
    const left = (await parts.store.toCommit()).length;
    const committed = value.__typename === 'OrderCommitted';
    const outcome = committed
      ? { earned: value.earned, refusal: null }
      : { earned: 0, refusal: value.__typename };
    dispatch({ type: 'unfinished', count: left, ...outcome });
  }

  function everyNow(ms: number, work: () => Promise<void>): void {
    parts.later(ms, () => {
      quietly(work());
      everyNow(ms, work);
    });
  }

  everyNow(BACKGROUND_MS, finishOld);
  everyNow(CLOCK_MS, async () => {
    if (parts.tokens.till === null) return;
    const answer = await perform(parts, { do: 'loadTill', ask: 0 });
    if (answer.to === 'loadTill' && answer.value !== null) readClock(answer.value);
  });
  return { dispatch, serverNow: () => parts.now() + clockOffset, finishOld };
}

/** Background work is tried again at its next turn; its failure is nobody's next step. */
function quietly(work: Promise<unknown>): void {
  work.catch(() => undefined);
}

function failureOf(cause: unknown): Failure {
  if (cause instanceof TransportFailure) return cause.failure;
  return { reason: 'INTERNAL', errorId: null, retryAfterMs: null };
}
