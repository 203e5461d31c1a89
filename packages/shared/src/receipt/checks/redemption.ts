import {
  amounts,
  boundedList,
  BOUNDS,
  goodsFilterOrNone,
  keysOf,
  objectOf,
  oneOf,
  orNull,
  shortText,
  whole,
} from '../../rules/index.ts';
import type { Check, Problem } from '../../rules/index.ts';
import type { RedemptionPolicy } from '../program-settings.ts';
import { problem } from './codes.ts';

const policy = objectOf({
  capBp: whole(0, BOUNDS.rate),
  capBase: oneOf(['ELIGIBLE', 'RECEIPT']),
  minUnitPriceMinor: amounts(0),
  perReceiptMax: orNull(whole(0, BOUNDS.points)),
  minRedeem: whole(0, BOUNDS.points),
  exclusions: goodsFilterOrNone,
  code: objectOf({
    need: oneOf(['ALWAYS', 'ABOVE', 'NEVER']),
    above: amounts(0),
    neverAtStoreIds: boundedList(shortText),
  }),
});

/** A `RedemptionPolicy`. */
export const redemption: Check = (value, path) => {
  const problems = policy(value, path);
  if (problems.length > 0) return problems;
  const { perReceiptMax, minRedeem, code } = value as RedemptionPolicy;
  return [
    ...(perReceiptMax !== null && perReceiptMax > 0 && minRedeem > perReceiptMax
      ? [problem([...path, 'minRedeem'], 'RANGE', `not more than perReceiptMax, ${perReceiptMax}`)]
      : []),
    ...(code.need === 'ABOVE' && Object.keys(code.above).length === 0
      ? [problem([...path, 'code', 'above'], 'REQUIRED', 'an amount in one currency at least')]
      : []),
  ];
};

/** Where points can be spent there must be a floor price: a missing one would silently let goods go for nothing. */
export function missingMinimumPrices(json: unknown): Problem[] {
  const floors = keysOf(keysOf(keysOf(json)['redemption'])['minUnitPriceMinor']);
  return Object.keys(keysOf(keysOf(json)['pointValueMinor']))
    .filter((code) => floors[code] === undefined)
    .map((code) =>
      problem(
        ['redemption', 'minUnitPriceMinor', code],
        'REQUIRED',
        'every currency of pointValueMinor has a minimum unit price',
      ),
    );
}
