import type { LeafArgs, LeafCode } from './leaf-args.ts';

/** Who belongs to a segment: a tree of groups over leaves. Bounds: `BOUNDS_OF_CONDITION`. */
export type Condition = Group | Leaf;

/** ALL of an empty list is everybody, ANY nobody. NONE: not one of them. AT_LEAST: `k` or more of them. */
export type Group =
  | { readonly group: 'ALL' | 'ANY' | 'NONE'; readonly of: readonly Condition[] }
  | { readonly group: 'AT_LEAST'; readonly k: number; readonly of: readonly Condition[] };

/** One question about a shopper, of the kind `leaf`; answered by yes or no, never by "unknown". */
export type Leaf = { readonly [Code in LeafCode]: LeafOf<Code> }[LeafCode];

export type LeafOf<Code extends LeafCode> = { readonly leaf: Code } & LeafArgs[Code];

export const BOUNDS_OF_CONDITION = {
  /** Groups within groups. */
  depth: 20,
  /** Groups and leaves together. */
  nodes: 500,
  /** Values of one list. */
  list: 10_000,
} as const;

export function isGroup(condition: Condition): condition is Group {
  return 'group' in condition;
}
