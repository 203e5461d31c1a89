import { keysOf, objectOf, oneOf, whole } from '../../rules/index.ts';
import type { Check, Problem } from '../../rules/index.ts';
import { BOUNDS_OF_CONDITION } from '../condition.ts';
import type { Condition } from '../condition.ts';
import { isLeafCode, LEAF_CODES } from '../leaves.ts';
import { leafProblems } from './leaf-check.ts';
import { problem } from './text-checks.ts';

/** More of them help nobody, and a list of 10,000 wrong values has as many. */
const MOST_PROBLEMS = 100;
const LONGEST_STEP = 100;

interface Node {
  readonly value: unknown;
  readonly path: readonly string[];
  /** Groups around it. */
  readonly depth: number;
}

/**
 * What is wrong with a condition; empty when the JSON is a `Condition` within its bounds. Looks at no more nodes than a
 * condition may have, however many there are, and never throws: 100 problems at most. Whether what it names is there is not asked here: see
 * `referencesOf`.
 */
export function conditionProblems(value: unknown): Problem[] {
  const problems: Problem[] = [];
  const waiting: Node[] = [{ value, path: [], depth: 0 }];
  let seen = 0;
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    seen += 1;
    problems.push(...nodeProblems(node).slice(0, MOST_PROBLEMS));
    waiting.push(...partsOf(node).toReversed());
    if (seen + waiting.length > BOUNDS_OF_CONDITION.nodes) {
      problems.unshift(problem([], 'RANGE', `${BOUNDS_OF_CONDITION.nodes} groups and leaves at most`));
      break;
    }
    if (problems.length >= MOST_PROBLEMS) break;
  }
  return problems.slice(0, MOST_PROBLEMS).map(shown);
}

export function isCondition(value: unknown): value is Condition {
  return conditionProblems(value).length === 0;
}

function nodeProblems({ value, path, depth }: Node): Problem[] {
  const keys = keysOf(value);
  if (Object.hasOwn(keys, 'group')) return groupProblems(value, path, depth);
  const { leaf } = keys;
  if (isLeafCode(leaf)) return leafProblems(leaf, value, path);
  if (leaf === undefined) {
    const object = objectOf({})(value, path);
    return object.length > 0 ? object : [problem(path, 'REQUIRED', '`group` or `leaf`')];
  }
  return [problem([...path, 'leaf'], 'UNKNOWN', LEAF_CODES.join(' or '))];
}

function groupProblems(value: unknown, path: readonly string[], depth: number): Problem[] {
  if (depth >= BOUNDS_OF_CONDITION.depth)
    return [problem(path, 'RANGE', `${BOUNDS_OF_CONDITION.depth} groups within groups at most`)];
  const { group, of } = keysOf(value);
  const kind = oneOf(['ALL', 'ANY', 'NONE', 'AT_LEAST']);
  if (group !== 'AT_LEAST') return objectOf({ group: kind, of: parts })(value, path);
  const most = Array.isArray(of) ? of.length : BOUNDS_OF_CONDITION.nodes;
  return objectOf({ group: kind, k: whole(1, most), of: parts })(value, path);
}

const parts: Check = (value, path) => {
  if (!Array.isArray(value)) return [problem(path, value === undefined ? 'REQUIRED' : 'FORMAT', 'a list')];
  return [];
};

/** Of a group that is not too deep; one more than there may be is enough to tell. */
function partsOf({ value, path, depth }: Node): Node[] {
  const { group, of } = keysOf(value);
  if (group === undefined || !Array.isArray(of) || depth >= BOUNDS_OF_CONDITION.depth) return [];
  return of.slice(0, BOUNDS_OF_CONDITION.nodes + 1).map((part: unknown, index) => ({
    value: part,
    path: [...path, 'of', String(index)],
    depth: depth + 1,
  }));
}

/** Keys come from the sender and may be of any length. */
function shown(found: Problem): Problem {
  return { ...found, path: found.path.map((step) => step.slice(0, LONGEST_STEP)) };
}
