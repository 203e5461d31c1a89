import { canonical, isGroup, leavesOf } from '../../segments/index.ts';
import type { Condition } from '../../segments/index.ts';

export interface MatchedParts {
  /** Parts that are the same one, changed. */
  readonly pairs: readonly (readonly [before: Condition, after: Condition])[];
  readonly gone: readonly Condition[];
  readonly come: readonly Condition[];
}

/** Which part of a group became which: equal ones first (they are left out), then those most alike. */
export function matchParts(before: readonly Condition[], after: readonly Condition[]): MatchedParts {
  const { left, other } = withoutEqual(before, after);
  const come = other.map(asCandidate);
  const pairs: [Condition, Condition][] = [];
  const gone: Condition[] = [];
  for (const part of left.map(asCandidate)) {
    const likeliest = come
      .map((candidate, index) => ({ index, likeness: likeness(part, candidate) }))
      .reduce((best, next) => (next.likeness > best.likeness ? next : best), { index: -1, likeness: 0 });
    const [found] = likeliest.index < 0 ? [] : come.splice(likeliest.index, 1);
    if (found === undefined) gone.push(part.node);
    else pairs.push([part.node, found.node]);
  }
  return { pairs, gone, come: come.map(({ node }) => node) };
}

interface Candidate {
  readonly node: Condition;
  /** Only such of one kind can be the same part. */
  readonly kind: string;
  /** Of a leaf its arguments, of a group its leaves: equal ones weigh more than those only of one kind. */
  readonly traits: ReadonlySet<string>;
}

function asCandidate(node: Condition): Candidate {
  if (!isGroup(node)) {
    const traits = Object.entries(node).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
    return { node, kind: node.leaf, traits: new Set(traits) };
  }
  const traits = leavesOf(node).flatMap(({ node: leaf }) => [leaf.leaf, canonical(leaf)]);
  return { node, kind: 'group', traits: new Set(traits) };
}

/** 0: not the same part. */
function likeness(before: Candidate, after: Candidate): number {
  return before.kind === after.kind ? before.traits.intersection(after.traits).size : 0;
}

function withoutEqual(
  before: readonly Condition[],
  after: readonly Condition[],
): { readonly left: Condition[]; readonly other: Condition[] } {
  const waiting = Map.groupBy(after, canonical);
  const left = before.filter((part) => waiting.get(canonical(part))?.shift() === undefined);
  const kept = new Set([...waiting.values()].flat());
  return { left, other: after.filter((part) => kept.has(part)) };
}
