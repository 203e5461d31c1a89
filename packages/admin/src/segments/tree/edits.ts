import {
  copyOf,
  isGroupNode,
  standingOf,
  type GroupKind,
  type GroupNode,
  type NewKey,
  type Place,
  type TreeNode,
} from './nodes.ts';

/*
 * Edits of a condition as pure functions: what is impossible gives the same tree back. A group that a move or a deletion
 * leaves empty goes too: nobody asked for a question without conditions.
 */

export function changed<Node extends TreeNode>(
  root: GroupNode,
  key: string,
  change: (node: TreeNode) => Node,
): GroupNode {
  const walk = (node: TreeNode): TreeNode => {
    if (node.key === key) return change(node);
    if (!isGroupNode(node)) return node;
    const of = node.of.map((each) => walk(each));
    return of.every((each, index) => each === node.of[index]) ? node : { ...node, of };
  };
  const next = walk(root);
  return isGroupNode(next) ? next : root;
}

function inGroup(
  root: GroupNode,
  key: string,
  change: (of: readonly TreeNode[]) => readonly TreeNode[],
): GroupNode {
  return changed(root, key, (node) => (isGroupNode(node) ? { ...node, of: change(node.of) } : node));
}

export function inserted(root: GroupNode, { parent, index }: Place, node: TreeNode): GroupNode {
  return inGroup(root, parent, (of) => of.toSpliced(index, 0, node));
}

export function appended(root: GroupNode, parent: string, node: TreeNode): GroupNode {
  return inGroup(root, parent, (of) => [...of, node]);
}

export function removed(root: GroupNode, key: string): GroupNode {
  const standing = standingOf(root, key);
  if (standing?.parent == null) return root;
  const { parent, index } = standing;
  const isLast = parent.of.length === 1 && parent !== root;
  return isLast ? removed(root, parent.key) : inGroup(root, parent.key, (of) => of.toSpliced(index, 1));
}

/** @param to as the tree stands before the move; into itself nothing moves */
export function moved(root: GroupNode, key: string, to: Place): GroupNode {
  const [from, target] = [standingOf(root, key), standingOf(root, to.parent)];
  if (from?.parent == null || target === undefined || !isGroupNode(target.node)) return root;
  if (from.at.every((index, depth) => target.at[depth] === index)) return root;
  const isSame = from.parent.key === to.parent;
  if (isSame && (to.index === from.index || to.index === from.index + 1)) return root;
  if (isSame) {
    const index = to.index > from.index ? to.index - 1 : to.index;
    return inGroup(root, to.parent, (of) => of.toSpliced(from.index, 1).toSpliced(index, 0, from.node));
  }
  // Put first and taken after, so that a group it was alone in may go without moving the place.
  const stand: TreeNode = { ...from.node, key: LEAVING };
  const standing = changed(root, key, () => stand);
  return removed(inserted(standing, to, from.node), LEAVING);
}

const LEAVING = 'leaving';

/** One line up or down, as it is read: out of its group at the end of it, and into a group that stands next. */
export function stepped(root: GroupNode, key: string, by: -1 | 1): GroupNode {
  const standing = standingOf(root, key);
  if (standing?.parent == null) return root;
  const { parent, index } = standing;
  const next = parent.of[index + by];
  if (next === undefined) return outdented(root, key, by);
  if (isGroupNode(next)) return moved(root, key, { parent: next.key, index: by < 0 ? next.of.length : 0 });
  return moved(root, key, { parent: parent.key, index: by < 0 ? index - 1 : index + 2 });
}

/** Out of its group, to stand before or after it. */
export function outdented(root: GroupNode, key: string, by: -1 | 1 = 1): GroupNode {
  const parent = standingOf(root, key)?.parent;
  const above = parent == null ? undefined : standingOf(root, parent.key);
  if (above?.parent == null) return root;
  return moved(root, key, { parent: above.parent.key, index: above.index + (by < 0 ? 0 : 1) });
}

/** Into the group next to it, else into a group of its own. */
export function indented(root: GroupNode, key: string, newKey: NewKey): GroupNode {
  const standing = standingOf(root, key);
  if (standing?.parent == null) return root;
  const { parent, index } = standing;
  const [before, after] = [parent.of[index - 1], parent.of[index + 1]];
  if (before !== undefined && isGroupNode(before))
    return moved(root, key, { parent: before.key, index: before.of.length });
  if (after !== undefined && isGroupNode(after)) return moved(root, key, { parent: after.key, index: 0 });
  return wrapped(root, key, 'ANY', newKey);
}

export function wrapped(root: GroupNode, key: string, group: GroupKind, newKey: NewKey): GroupNode {
  return changed(root, key, (node): TreeNode => ({ key: newKey(), group, k: 1, of: [node] }));
}

/** What the group held stands in its place. */
export function unwrapped(root: GroupNode, key: string): GroupNode {
  const standing = standingOf(root, key);
  if (standing?.parent == null || !isGroupNode(standing.node)) return root;
  const { of } = standing.node;
  return inGroup(root, standing.parent.key, (all) => all.toSpliced(standing.index, 1, ...of));
}

/** @returns the tree and the key of the copy */
export function duplicated(root: GroupNode, key: string, newKey: NewKey): { root: GroupNode; key: string } {
  const standing = standingOf(root, key);
  if (standing?.parent == null) return { root, key };
  const copy = copyOf(standing.node, newKey);
  const place = { parent: standing.parent.key, index: standing.index + 1 };
  return { root: inserted(root, place, copy), key: copy.key };
}

export function regrouped(root: GroupNode, key: string, group: GroupKind, k: number): GroupNode {
  return changed(root, key, (node) => (isGroupNode(node) ? { ...node, group, k } : node));
}
