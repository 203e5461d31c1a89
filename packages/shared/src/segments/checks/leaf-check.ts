import { keysOf, objectOf, oneOf } from '../../rules/index.ts';
import type { Check, Problem } from '../../rules/index.ts';
import type { Leaf } from '../condition.ts';
import type { LeafCode } from '../leaf-args.ts';
import { fieldsOf } from '../leaves.ts';
import { fieldCheck } from './field-check.ts';
import { problem } from './text-checks.ts';

/** A leaf of a kind that is known: its arguments one by one, then what they say together. */
export function leafProblems(code: LeafCode, value: unknown, path: readonly string[]): Problem[] {
  const args = keysOf(value);
  const checks = fieldsOf(code).map(([name, field]): [string, Check] => [name, fieldCheck(field, args)]);
  const problems = objectOf({ leaf: oneOf([code]), ...Object.fromEntries(checks) })(value, path);
  return problems.length > 0 ? problems : between(value as Leaf, path);
}

function between(leaf: Leaf, path: readonly string[]): Problem[] {
  if (leaf.leaf === 'BUCKET' && leaf.from >= leaf.to)
    return [problem([...path, 'to'], 'RANGE', 'more than `from`')];
  if (leaf.leaf === 'PURCHASES') {
    const paid = leaf.purchases?.paid?.currency;
    if (leaf.currency !== undefined && paid !== undefined && paid !== leaf.currency)
      return [problem([...path, 'purchases', 'paid', 'currency'], 'RANGE', 'the currency of the measure')];
  }
  return [];
}
