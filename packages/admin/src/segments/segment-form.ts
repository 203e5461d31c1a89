import { isGroup, leavesOf, type Condition } from '@clientele/shared/segments';
import type { ConditionProblem } from './builder/condition-state.ts';

export interface SegmentValues extends Record<string, unknown> {
  name: string;
  description: string;
  condition: Condition;
}

export const EMPTY: Condition = { group: 'ALL', of: [] };

/** As the builder shows it: a single question stands in a group of one. */
export function asGroup(condition: Condition | null): Condition {
  if (condition === null) return EMPTY;
  return isGroup(condition) ? condition : { group: 'ALL', of: [condition] };
}

/** Something a condition names that is gone since. */
export interface Gone {
  readonly path: readonly string[];
  readonly kind: string | null;
  readonly value: string | null;
}

export interface GoneAt extends ConditionProblem {
  readonly gone: Gone;
}

/**
 * What is gone, where the questions that named it stand by now: they may have been moved since it was saved. A question
 * that was changed is not marked any more: the server judges it anew.
 */
export function goneNow(saved: Condition, gone: readonly Gone[], now: Condition): GoneAt[] {
  const before = [...leavesOf(saved)].map(({ path, node }) => ({ path, text: JSON.stringify(node) }));
  const today = [...leavesOf(now)].map(({ path, node }) => ({ path, text: JSON.stringify(node) }));
  return gone.flatMap((each) => {
    const named = before.find(({ path }) => path.every((step, index) => each.path[index] === step));
    if (named === undefined) return [];
    const rest = each.path.slice(named.path.length);
    return today
      .filter(({ text }) => text === named.text)
      .map(({ path }) => ({ path: [...path, ...rest].join('.'), code: 'UNKNOWN', gone: each }));
  });
}
