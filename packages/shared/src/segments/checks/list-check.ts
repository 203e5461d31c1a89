import { listOf } from '../../rules/index.ts';
import type { Check } from '../../rules/index.ts';
import { BOUNDS_OF_CONDITION } from '../condition.ts';
import { problem } from './text-checks.ts';

/** A list in which nothing stands twice; looked through once, however long it is. */
export function differentItems(
  check: Check,
  least: 0 | 1 = 1,
  most: number = BOUNDS_OF_CONDITION.list,
): Check {
  const items = listOf(check);
  return (value, path) => {
    if (!Array.isArray(value)) return items(value, path);
    if (value.length > most) return [problem(path, 'RANGE', `${most} items at most`)];
    if (value.length < least) return [problem(path, 'REQUIRED', 'one item or more')];
    const problems = items(value, path);
    if (problems.length > 0) return problems;
    const seen = new Set<unknown>();
    return value.flatMap((item: unknown, index) => {
      if (!seen.has(item)) {
        seen.add(item);
        return [];
      }
      return [problem([...path, String(index)], 'DUPLICATE', 'stands here already')];
    });
  };
}
