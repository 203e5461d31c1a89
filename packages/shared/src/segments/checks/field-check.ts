import { oneOf, optional, truth, whole } from '../../rules/index.ts';
import type { Check } from '../../rules/index.ts';
import { isAsked, unitOf } from '../field.ts';
import type { Field } from '../field.ts';
import { goodsFilter, purchaseFilter } from './goods-check.ts';
import { differentItems } from './list-check.ts';
import { momentsCheck } from './moments-check.ts';
import { rangeOf } from './range-check.ts';
import { attributeTest, propertyTests } from './test-checks.ts';
import { currency, nameOf, problem, referenceOf, shortText, textOf } from './text-checks.ts';

type Args = Readonly<Record<string, unknown>>;

/** The check of one argument, the others being as they are. */
export function fieldCheck(field: Field, args: Args): Check {
  if (!isAsked(field, args))
    return (value, path) =>
      value === undefined
        ? []
        : [problem(path, 'UNKNOWN', `only with ${field.when?.by} ${field.when?.among.join(', ')}`)];
  const check = valueCheck(field, args);
  return field.optional === true ? optional(check) : check;
}

function valueCheck(field: Field, args: Args): Check {
  switch (field.type) {
    case 'text':
      return textOf(field.longest);
    case 'reference':
      return referenceOf(field.to);
    case 'references':
      return differentItems(referenceOf(field.to));
    case 'choice':
      return oneOf(field.options);
    case 'choices':
      return differentItems(oneOf(field.options));
    case 'count':
    case 'days':
    case 'basisPoints':
      return whole(field.least, field.most);
    case 'range':
      return rangeOf(unitOf(field.unit, args));
    default:
      return PLAIN_CHECKS[field.type];
  }
}

type PlainType = Exclude<
  Field['type'],
  'text' | 'reference' | 'references' | 'choice' | 'choices' | 'count' | 'days' | 'basisPoints' | 'range'
>;

const PLAIN_CHECKS: { readonly [Type in PlainType]: Check } = {
  name: nameOf,
  texts: differentItems(shortText),
  flag: truth,
  moments: momentsCheck,
  purchases: purchaseFilter,
  goods: goodsFilter,
  scores: differentItems(whole(1, 5), 0),
  currency,
  attributeTest,
  propertyTests,
};
