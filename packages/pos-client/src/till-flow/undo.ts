import type { UndoAnswer } from './answers.ts';
import type { Request } from './effects.ts';
import { become, focus, notice, stay, wait } from './move.ts';
import type { Move, NewId } from './move.ts';
import { refusalNotice } from './refusals.ts';
import type { Notice, TillState } from './state.ts';

type Undo = Extract<Request, { do: 'undo' }>;

/** A sale made by mistake may be taken back whole as long as its result stands; later it is a return. */
export function wantUndo(state: TillState): Move {
  const { result } = state;
  if (state.stage !== 'result' || result === null || result.undone !== null || state.busy !== null) {
    return stay(state);
  }
  const facts = { toPay: result.toPay, spent: result.spent, earned: result.earned };
  return become(state, { notice: notice('UndoSale', 'warn', 'undoSale', facts) }, focus('primary'));
}

export function undoSale(state: TillState, newId: NewId): Move {
  if (state.result === null) return stay(state);
  const { externalId } = state.result;
  return wait<Undo>(state, 'undo', { do: 'undo', externalId, requestId: newId(), returnId: newId() });
}

export function undone(state: TillState, value: UndoAnswer): Move {
  const { result } = state;
  if (result === null) return stay(state);
  if (value.__typename !== 'OrderReturned') {
    return become(state, { notice: refusedNotice(value) });
  }
  const { moneyBack, pointsRestored: restored, pointsClawedBack: clawedBack, account } = value;
  const balance = account === null ? result.balance : account.available;
  return become(
    state,
    { result: { ...result, balance, undone: { moneyBack, restored, clawedBack } } },
    focus('primary'),
  );
}

/** The others' usual words speak of a basket that goes on; here there is none. */
function refusedNotice(value: Exclude<UndoAnswer, { __typename: 'OrderReturned' }>): Notice {
  const own = value.__typename === 'QuantityExceeded' || value.__typename === 'OrderNotCommitted';
  return own ? refusalNotice(value) : notice('UndoRefused', 'bad', 'dismiss', { refusal: value.__typename });
}
