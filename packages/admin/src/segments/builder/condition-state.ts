import { conditionProblems, isGroup, ROWS_OF_ARGUMENTS, type Condition } from '@clientele/shared/segments';

export interface ConditionProblem {
  /** `of.0.range.least` */
  readonly path: string;
  readonly code: string;
}

/** What keeps a condition from being asked: what is still to be filled in, and groups nobody put anything into. */
export function unfinished(condition: Condition): ConditionProblem[] {
  const found = conditionProblems(condition)
    .filter(({ path, code }) => !(code === 'FORMAT' && isIdAt(path)))
    .map(({ path, code }) => ({ path: path.join('.'), code }));
  return [...found, ...emptyGroups(condition, '')];
}

/** Rows are named by the API's own ids here, which the check of stored conditions does not know. */
function isIdAt(path: readonly string[]): boolean {
  const name = path.findLast((step) => !/^\d+$/.test(step)) ?? '';
  return ROWS_OF_ARGUMENTS.has(name);
}

/** The whole may be empty: everybody. A group within it says nothing. */
function emptyGroups(condition: Condition, path: string): ConditionProblem[] {
  if (!isGroup(condition)) return [];
  return condition.of.flatMap((each, index) => {
    const at = path === '' ? `of.${index}` : `${path}.of.${index}`;
    const isEmpty = isGroup(each) && each.of.length === 0;
    return isEmpty ? [{ path: at, code: 'REQUIRED' }] : emptyGroups(each, at);
  });
}

/** Below a node, by the path within it; `''`: of the node itself. Problems of nodes within it are theirs. */
export function problemsAt(
  problems: readonly ConditionProblem[],
  node: string,
): { readonly path: string; readonly code: string }[] {
  return problems.flatMap(({ path, code }) => {
    if (path === node) return [{ path: '', code }];
    const below = node === '' ? path : path.startsWith(`${node}.`) ? path.slice(node.length + 1) : null;
    return below === null || /^of\.\d+(\.|$)/.test(below) ? [] : [{ path: below, code }];
  });
}
