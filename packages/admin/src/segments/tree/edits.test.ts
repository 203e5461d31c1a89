import type { Condition } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import {
  duplicated,
  indented,
  inserted,
  moved,
  outdented,
  regrouped,
  removed,
  stepped,
  unwrapped,
  wrapped,
} from './edits.ts';
import { conditionOf, pathOf, rootOf, standingOf, standings, type GroupNode, type NewKey } from './nodes.ts';

/** `[a, any[b, c], d]` of a short writing: leaves are tags. */
type Short = string | { ALL?: Short[]; ANY?: Short[]; NONE?: Short[] };

function conditionFrom(short: Short): Condition {
  if (typeof short === 'string') return { leaf: 'TAG', tags: [short] };
  const [entry] = Object.entries(short) as ['ALL' | 'ANY' | 'NONE', Short[]][];
  return { group: entry?.[0] ?? 'ALL', of: (entry?.[1] ?? []).map((each) => conditionFrom(each)) };
}

/** Keys `1`, `2` … in the order of reading. */
function numbered(): NewKey {
  let last = 0;
  return () => String(++last);
}

const tree = (...of: Short[]): GroupNode => rootOf(conditionFrom({ ALL: of }), numbered());
const later: NewKey = () => 'new';
const keyOf = (root: GroupNode, tag: string): string =>
  standings(root).find(({ node }) => 'leaf' in node && JSON.stringify(node.leaf).includes(`"${tag}"`))?.node
    .key ?? '';

function shortOf(condition: Condition): Short {
  if (!('group' in condition)) return condition.leaf === 'TAG' ? (condition.tags[0] ?? '') : '?';
  return { [condition.group]: condition.of.map((each) => shortOf(each)) };
}
const read = (root: GroupNode): Short => shortOf(conditionOf(root));

test('a condition becomes a tree and comes back as it was', () => {
  const condition: Condition = { group: 'AT_LEAST', k: 3, of: [conditionFrom({ NONE: ['a', 'b'] })] };
  expect(conditionOf(rootOf(condition, numbered()))).toEqual(condition);
  expect(conditionOf(rootOf(conditionFrom('a'), numbered()))).toEqual(conditionFrom({ ALL: ['a'] }));
});

test('every node knows where it stands, as the API names it', () => {
  const root = tree('a', { ANY: ['b', 'c'] });
  expect(standings(root).map(({ node, at }) => [node.key, pathOf(at)])).toEqual([
    ['1', ''],
    ['2', 'of.0'],
    ['3', 'of.1'],
    ['4', 'of.1.of.0'],
    ['5', 'of.1.of.1'],
  ]);
});

test('a node is put where it is asked for', () => {
  const root = tree('a', { ANY: ['b'] });
  expect(
    read(inserted(root, { parent: '3', index: 0 }, { key: 'x', leaf: { leaf: 'TAG', tags: ['x'] } })),
  ).toEqual({
    ALL: ['a', { ANY: ['x', 'b'] }],
  });
});

test('a group left empty goes with its last condition, the root stays', () => {
  const root = tree('a', { ANY: [{ NONE: ['b'] }] });
  expect(read(removed(root, keyOf(root, 'b')))).toEqual({ ALL: ['a'] });
  expect(read(removed(tree('a'), '2'))).toEqual({ ALL: [] });
  expect(removed(root, '1')).toBe(root);
});

test('a node moves within its group, into another and never into itself', () => {
  const root = tree('a', 'b', { ANY: ['c'] }, 'd');
  const [a, d] = [keyOf(root, 'a'), keyOf(root, 'd')];
  expect(read(moved(root, a, { parent: '1', index: 4 }))).toEqual({ ALL: ['b', { ANY: ['c'] }, 'd', 'a'] });
  expect(read(moved(root, d, { parent: '1', index: 0 }))).toEqual({ ALL: ['d', 'a', 'b', { ANY: ['c'] }] });
  expect(read(moved(root, d, { parent: '4', index: 0 }))).toEqual({ ALL: ['a', 'b', { ANY: ['d', 'c'] }] });
  expect(moved(root, '4', { parent: '4', index: 0 })).toBe(root);
  expect(moved(root, a, { parent: '1', index: 1 })).toBe(root);
});

test('the last of a group moved out takes the group with it', () => {
  const root = tree('a', { ANY: ['b'] }, 'c');
  expect(read(moved(root, keyOf(root, 'b'), { parent: '1', index: 0 }))).toEqual({ ALL: ['b', 'a', 'c'] });
  expect(read(moved(root, keyOf(root, 'b'), { parent: '1', index: 3 }))).toEqual({ ALL: ['a', 'c', 'b'] });
});

test('a moved node keeps its key', () => {
  const root = tree('a', { ANY: ['b', 'c'] });
  const key = keyOf(root, 'a');
  expect(standingOf(moved(root, key, { parent: '3', index: 1 }), key)?.at).toEqual([0, 1]);
});

test('steps go line by line, through groups', () => {
  const root = tree('a', { ANY: ['b', 'c'] }, 'd');
  const a = keyOf(root, 'a');
  const once = stepped(root, a, 1);
  expect(read(once)).toEqual({ ALL: [{ ANY: ['a', 'b', 'c'] }, 'd'] });
  const thrice = stepped(stepped(once, a, 1), a, 1);
  expect(read(thrice)).toEqual({ ALL: [{ ANY: ['b', 'c', 'a'] }, 'd'] });
  expect(read(stepped(thrice, a, 1))).toEqual({ ALL: [{ ANY: ['b', 'c'] }, 'a', 'd'] });
  expect(read(stepped(root, keyOf(root, 'b'), -1))).toEqual({ ALL: ['a', 'b', { ANY: ['c'] }, 'd'] });
  expect(stepped(root, a, -1)).toBe(root);
});

test('indenting takes the group beside it, or makes one', () => {
  const root = tree('a', { ANY: ['b'] }, 'c');
  expect(read(indented(root, keyOf(root, 'c'), later))).toEqual({ ALL: ['a', { ANY: ['b', 'c'] }] });
  expect(read(indented(root, keyOf(root, 'a'), later))).toEqual({ ALL: [{ ANY: ['a', 'b'] }, 'c'] });
  expect(read(indented(tree('a', 'b'), '2', later))).toEqual({ ALL: [{ ANY: ['a'] }, 'b'] });
});

test('outdenting puts it after its group', () => {
  const root = tree({ ANY: ['a', 'b'] }, 'c');
  expect(read(outdented(root, keyOf(root, 'a')))).toEqual({ ALL: [{ ANY: ['b'] }, 'a', 'c'] });
  expect(outdented(root, keyOf(root, 'c'))).toBe(root);
});

test('groups are made around a condition and taken away from around theirs', () => {
  const root = tree('a', { NONE: ['b', 'c'] });
  expect(read(wrapped(root, keyOf(root, 'a'), 'NONE', later))).toEqual({
    ALL: [{ NONE: ['a'] }, { NONE: ['b', 'c'] }],
  });
  expect(read(unwrapped(root, '3'))).toEqual({ ALL: ['a', 'b', 'c'] });
  expect(unwrapped(root, '1')).toBe(root);
});

test('a copy stands after what it is a copy of, under keys of its own', () => {
  const root = tree({ ANY: ['a', 'b'] }, 'c');
  const copy = duplicated(root, '2', later);
  expect(read(copy.root)).toEqual({ ALL: [{ ANY: ['a', 'b'] }, { ANY: ['a', 'b'] }, 'c'] });
  expect(copy.key).toBe('new');
});

test('another kind of group keeps what it holds', () => {
  expect(conditionOf(regrouped(tree('a', 'b'), '1', 'AT_LEAST', 1))).toEqual({
    group: 'AT_LEAST',
    k: 1,
    of: [conditionFrom('a'), conditionFrom('b')],
  });
});
