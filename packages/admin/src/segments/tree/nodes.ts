import { isGroup, type Condition, type Group, type Leaf } from '@clientele/shared/segments';

export type GroupKind = Group['group'];

/** A condition while it is edited: every node keeps its key wherever it is moved, so that focus and open fields follow it. */
export interface GroupNode {
  readonly key: string;
  readonly group: GroupKind;
  /** Of AT_LEAST; kept while another kind is tried. */
  readonly k: number;
  readonly of: readonly TreeNode[];
}
export interface LeafNode {
  readonly key: string;
  readonly leaf: Leaf;
}
export type TreeNode = GroupNode | LeafNode;

/** At the `index` of what a group holds. */
export interface Place {
  readonly parent: string;
  readonly index: number;
}

export type NewKey = () => string;

export function isGroupNode(node: TreeNode): node is GroupNode {
  return 'group' in node;
}

export function nodeOf(condition: Condition, newKey: NewKey): TreeNode {
  if (!isGroup(condition)) return { key: newKey(), leaf: condition };
  return {
    key: newKey(),
    group: condition.group,
    k: condition.group === 'AT_LEAST' ? condition.k : 2,
    of: condition.of.map((each) => nodeOf(each, newKey)),
  };
}

/** A single leaf is shown as a group of one. */
export function rootOf(condition: Condition, newKey: NewKey): GroupNode {
  const node = nodeOf(condition, newKey);
  return isGroupNode(node) ? node : { key: newKey(), group: 'ALL', k: 2, of: [node] };
}

export function conditionOf(node: TreeNode): Condition {
  if (!isGroupNode(node)) return node.leaf;
  const of = node.of.map((each) => conditionOf(each));
  return node.group === 'AT_LEAST' ? { group: 'AT_LEAST', k: node.k, of } : { group: node.group, of };
}

/** The same under keys of its own. */
export function copyOf(node: TreeNode, newKey: NewKey): TreeNode {
  return nodeOf(conditionOf(node), newKey);
}

/** Every node with the group it stands in, in the order of reading; the root stands in none. */
export interface Standing {
  readonly node: TreeNode;
  readonly parent: GroupNode | null;
  readonly index: number;
  /** Positions from the root down. */
  readonly at: readonly number[];
}

export function standings(root: GroupNode): Standing[] {
  const below = (parent: GroupNode, at: readonly number[]): Standing[] =>
    parent.of.flatMap((node, index) => {
      const here = [...at, index];
      return [{ node, parent, index, at: here }, ...(isGroupNode(node) ? below(node, here) : [])];
    });
  return [{ node: root, parent: null, index: 0, at: [] }, ...below(root, [])];
}

export function standingOf(root: GroupNode, key: string): Standing | undefined {
  return standings(root).find(({ node }) => node.key === key);
}

/** Where the API says a node is: `of.0.of.1`. */
export function pathOf(at: readonly number[]): string {
  return at.map((index) => `of.${index}`).join('.');
}
