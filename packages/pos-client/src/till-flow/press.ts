import { addProduct, addPromo } from './basket.ts';
import type { Request } from './effects.ts';
import { nextSale } from './escape.ts';
import { ask, become, focus, stay, also } from './move.ts';
import type { Move, NewId } from './move.ts';
import { nextStep } from './next-step.ts';
import { acceptQuote, begin, commit, newOrder } from './order.ts';
import { retry } from './retry.ts';
import { pair, signIn } from './session.ts';
import { confirm, find, findAgain, leaveCode, register, sendCode, waive } from './shopper.ts';
import type { Act, TillState } from './state.ts';
import { undoSale } from './undo.ts';

type LookUp = Extract<Request, { do: 'lookUp' }>;

/** The acts by which an early Enter may be done as soon as its answer is there. */
const armedActs: readonly Act[] = ['finish', 'holdAndPay', 'acceptQuote', 'sendCode'];

type Do = (state: TillState, newId: NewId) => Move;

const acts: Readonly<Record<Act, Do>> = {
  wait: early,
  pair,
  chooseCashier: stay,
  signIn,
  phone: (state) => become(state, {}, focus('phone')),
  find,
  register,
  sendCode,
  enterCode: (state) => become(state, {}, focus('code')),
  confirm,
  waive,
  addProduct: addTyped,
  addPromo,
  closeKeys: (state) => become(state, { dialog: null }),
  scan: (state) => become(state, {}, focus('search')),
  finish: (state, newId) => begin(state, 'commit', newId),
  holdAndPay: (state, newId) => begin(state, 'pay', newId),
  commit,
  nextSale,
  undoSale,
  retry,
  acceptQuote,
  findAgain,
  newOrder,
  dismiss: (state) => become(state, { notice: null, retry: null }),
  reload: (state) => become(state, {}, { do: 'reload' }),
  withoutCode: leaveCode,
};

/** The primary button, and Enter: the next step, whatever it is. */
export function press(state: TillState, newId: NewId): Move {
  return acts[nextStep(state).act](state, newId);
}

/** After an answer: an Enter that came too early is done now, unless something was refused meanwhile. */
export function pressArmed(move: Move, newId: NewId): Move {
  const { state } = move;
  if (state.armed === null || state.busy !== null || state.sale.quoting !== null) return move;
  const step = nextStep(state);
  const disarmed = { ...state, armed: null };
  if (!armedActs.includes(step.act)) return { state: disarmed, effects: move.effects };
  const payFirst = state.armed === 'pay' && step.act === 'finish';
  const pressed = payFirst ? begin(disarmed, 'pay', newId) : acts[step.act](disarmed, newId);
  return { state: pressed.state, effects: [...move.effects, ...pressed.effects] };
}

/** Ten digits, Enter, Enter: the second may come while the shopper is still being looked for. */
function early(state: TillState): Move {
  const looking = state.busy?.what === 'find' && state.sale.lines.length > 0;
  const counting = state.busy === null && state.sale.quoting !== null;
  return looking || counting ? become(state, { armed: 'next' }) : stay(state);
}

function addTyped(state: TillState): Move {
  const product = state.found?.products[state.found.selected];
  if (product !== undefined) return also(addProduct(state, product), focus('search'));
  const asked = ask<LookUp>(state, { do: 'lookUp', code: state.text.search.trim(), orCard: false });
  return become(state, { asks: asked.asks }, asked.request);
}
