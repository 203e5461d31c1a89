import { minorDigits } from '../money/index.ts';
import type { Arguments } from './arguments.ts';
import { BOUNDS } from './bounds.ts';
import { minuteOfDay } from './hours.ts';
import { keysOf, listOf, objectOf, oneOf, optional, recordOf, truth, whole } from './shape.ts';
import type { Check, Problem } from './shape.ts';

/** A text of 1 to `longest` characters. */
export function textUpTo(longest: number): Check {
  return (value, path) => {
    if (typeof value !== 'string')
      return [{ path, code: value === undefined ? 'REQUIRED' : 'FORMAT', message: 'a text' }];
    if (value.trim() === '') return [{ path, code: 'REQUIRED', message: 'a text that is not empty' }];
    return value.length <= longest ? [] : [{ path, code: 'RANGE', message: `${longest} characters at most` }];
  };
}

export const shortText = textUpTo(BOUNDS.text);

/** A list with no more items than anybody can mean, each of them right. */
export function boundedList(check: Check, least = 0, most: number = BOUNDS.list): Check {
  const items = listOf(check);
  return (value, path) => {
    if (Array.isArray(value) && value.length > most)
      return [{ path, code: 'RANGE', message: `${most} items at most` }];
    if (Array.isArray(value) && value.length < least)
      return [{ path, code: 'REQUIRED', message: `${least} or more items` }];
    return items(value, path);
  };
}

/** A list in which nothing stands twice. */
export function listOfDifferent(check: Check, least = 0): Check {
  const items = boundedList(check, least);
  return (value, path) => {
    const problems = items(value, path);
    if (problems.length > 0 || !Array.isArray(value) || new Set(value).size === value.length) return problems;
    return value.flatMap((item, index): Problem[] =>
      value.indexOf(item) === index
        ? []
        : [{ path: [...path, String(index)], code: 'DUPLICATE', message: 'stands here already' }],
    );
  };
}

export function currencyCode(value: unknown, path: readonly string[]): Problem[] {
  try {
    minorDigits(String(value));
    return [];
  } catch {
    return [{ path, code: 'FORMAT', message: 'a currency code of three capital letters' }];
  }
}

/** Minor units by currency. */
export function amounts(least: 0 | 1): Check {
  return recordOf(currencyCode, whole(least, BOUNDS.money));
}

/** Minor units in one currency at least. */
export function someAmounts(least: 0 | 1): Check {
  const check = amounts(least);
  return (value, path) => {
    const problems = check(value, path);
    if (problems.length > 0 || Object.keys(keysOf(value)).length > 0) return problems;
    return [{ path, code: 'REQUIRED', message: 'an amount in one currency at least' }];
  };
}

const attributesCheck = recordOf(shortText, boundedList(shortText, 1));
const filterKeys = {
  categories: optional(boundedList(shortText)),
  brands: optional(boundedList(shortText)),
  skus: optional(boundedList(shortText)),
  tags: optional(boundedList(shortText)),
  priceTypes: optional(boundedList(shortText)),
  attributes: optional(attributesCheck),
};

/** A filter that may be empty: nothing is excluded. */
export const goodsFilterOrNone: Check = objectOf(filterKeys);

/** A filter that names something. */
export const goodsFilter: Check = (value, path) => {
  const problems = goodsFilterOrNone(value, path);
  if (problems.length > 0 || namesSomething(value)) return problems;
  return [{ path, code: 'REQUIRED', message: 'names no goods: no such filter at all means all goods' }];
};

export const goodsSelection: Check = objectOf({
  only: optional(goodsFilter),
  except: optional(goodsFilter),
});

/** A selection that does not just mean everything. */
const someGoods: Check = (value, path) => {
  const problems = goodsSelection(value, path);
  if (problems.length > 0 || Object.keys(keysOf(value)).length > 0) return problems;
  return [{ path, code: 'REQUIRED', message: 'names goods by `only` or `except`' }];
};

/** A time HH:MM of a day. */
export function timeOfDay(value: unknown, path: readonly string[]): Problem[] {
  try {
    minuteOfDay(String(value));
    return [];
  } catch {
    return [{ path, code: value === undefined ? 'REQUIRED' : 'FORMAT', message: 'a time HH:MM' }];
  }
}

const hoursKeys = objectOf({ from: timeOfDay, to: timeOfDay });

export const hours: Check = (value, path) => {
  const problems = hoursKeys(value, path);
  const { from, to } = keysOf(value);
  if (problems.length > 0 || from !== to) return problems;
  return [{ path: [...path, 'to'], code: 'RANGE', message: 'ends when it begins' }];
};

export const weekdays: Check = listOfDifferent(whole(1, 7));

/** The window of a limit; `days` belongs to ROLLING alone. */
export const countWindow: Check = (value, path) =>
  keysOf(value)['kind'] === 'ROLLING'
    ? objectOf({ kind: oneOf(['ROLLING']), days: whole(1, BOUNDS.days) })(value, path)
    : objectOf({ kind: oneOf(['DAY', 'WEEK', 'MONTH', 'YEAR', 'ALWAYS', 'ROLLING']) })(value, path);

/** The check of a rule's arguments besides its `kind` (or `type`), which `constant` tells. */
export function argumentsCheck(constant: Readonly<Record<string, Check>>, args: Arguments): Check {
  const keys = Object.entries(args).map(([name, argument]): [string, Check] => {
    const check = argumentCheck(argument);
    return [name, argument.optional === true ? optional(check) : check];
  });
  return objectOf({ ...constant, ...Object.fromEntries(keys) });
}

function argumentCheck(argument: Arguments[string]): Check {
  switch (argument.type) {
    case 'money':
      return someAmounts(argument.least);
    case 'goods':
      return argument.optional === true ? goodsSelection : someGoods;
    case 'choice':
      return oneOf(argument.options);
    case 'text':
      return textUpTo(argument.longest);
    case 'flag':
      return truth;
    default:
      return whole(argument.least, argument.most);
  }
}

function namesSomething(filter: unknown): boolean {
  return Object.values(keysOf(filter)).some((values) =>
    Array.isArray(values) ? values.length > 0 : Object.keys(keysOf(values)).length > 0,
  );
}
