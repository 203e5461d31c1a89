import { applyCode, removePromo } from './basket.ts';
import { also, become, stay } from './move.ts';
import type { Move } from './move.ts';
import type { TillState } from './state.ts';

/**
 * The shopper says yes to an offer, or changes their mind. An offer by a code of the shopper's own puts the code on the
 * receipt. A yes is told to the server once; it is not taken back there.
 */
export function takeOffer(state: TillState, id: string): Move {
  const { shopper } = state.sale;
  const offer = shopper?.offers.find((one) => one.id === id);
  if (shopper === null || offer === undefined) return stay(state);
  const takes = !shopper.taken.includes(id);
  const taken = takes ? [...shopper.taken, id] : shopper.taken.filter((one) => one !== id);
  const chosen: TillState = { ...state, sale: { ...state.sale, shopper: { ...shopper, taken } } };
  const { promoCode } = offer;
  const move =
    promoCode === null
      ? become(chosen, {})
      : takes
        ? applyCode(chosen, promoCode)
        : removePromo(chosen, promoCode);
  if (!takes) return move;
  const { visitId } = shopper;
  return also(move, { do: 'noteOffers', visitId, offerIds: [id], happened: 'ACCEPTED' });
}
