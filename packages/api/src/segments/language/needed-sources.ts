import { isGroup, type Condition } from '@clientele/shared/segments';
import type { Source } from './feature.ts';
import { questionOf, type LeafTable } from './leaf-kind.ts';
import type { Surroundings } from './surroundings.ts';

/** Sources of which a shopper has rows wherever the condition holds: who bought nothing did not buy shoes. */
export function neededSources(
  condition: Condition,
  leaves: LeafTable,
  surroundings: Surroundings,
): ReadonlySet<Source<unknown>> {
  return new Set(conjuncts(condition, surroundings).flatMap((part) => neededBy(part, leaves, surroundings)));
}

/** What has to hold, each by itself. */
function conjuncts(condition: Condition, surroundings: Surroundings): Condition[] {
  if (isGroup(condition))
    return condition.group === 'ALL' ? condition.of.flatMap((part) => conjuncts(part, surroundings)) : [];
  if (condition.leaf !== 'SEGMENT') return [condition];
  const named = surroundings.segments.get(condition.segment);
  return named === undefined ? [] : conjuncts(named, surroundings);
}

function neededBy(leaf: Condition, leaves: LeafTable, surroundings: Surroundings): Source<unknown>[] {
  if (isGroup(leaf) || leaf.leaf === 'SEGMENT') return [];
  const { features, holds } = questionOf(leaves, leaf, surroundings);
  const [source, ...others] = new Set(features.map((feature) => feature.source));
  const isNeeded = !holds(features.map((feature) => feature.ofRows([]).value));
  return source !== undefined && others.length === 0 && isNeeded ? [source] : [];
}
