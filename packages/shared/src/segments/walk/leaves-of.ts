import { isGroup } from '../condition.ts';
import type { Condition, Leaf } from '../condition.ts';

/** A node of a condition and where it stands: the root at [], its second part at ['of', '1']. */
export interface NodeAt<Node extends Condition = Condition> {
  readonly path: readonly string[];
  readonly node: Node;
}

/** Groups and leaves, each before its parts. @param condition one without problems */
export function nodesOf(condition: Condition): readonly NodeAt[] {
  const found: NodeAt[] = [];
  const visit = (node: Condition, path: readonly string[]): void => {
    found.push({ path, node });
    if (isGroup(node)) node.of.forEach((part, index) => visit(part, [...path, 'of', String(index)]));
  };
  visit(condition, []);
  return found;
}

export function leavesOf(condition: Condition): readonly NodeAt<Leaf>[] {
  return nodesOf(condition).flatMap(({ path, node }) => (isGroup(node) ? [] : [{ path, node }]));
}
