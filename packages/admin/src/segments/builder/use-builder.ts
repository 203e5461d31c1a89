import type { Condition, Leaf } from '@clientele/shared/segments';
import {
  computed,
  inject,
  nextTick,
  provide,
  shallowRef,
  watch,
  type ComputedRef,
  type InjectionKey,
  type ShallowRef,
} from 'vue';
import { beginHistory, redone, undone, written, type EditHistory } from '../../ui/edit-history.ts';
import * as edits from '../tree/edits.ts';
import {
  conditionOf,
  pathOf,
  rootOf,
  standings,
  type GroupKind,
  type GroupNode,
  type LeafNode,
  type Place,
  type Standing,
} from '../tree/nodes.ts';

export interface Builder {
  root: ComputedRef<GroupNode>;
  /** The sentence whose fields are shown. */
  open: ShallowRef<string | null>;
  /** The one that was just begun: what it lacks is no fault while it is open for the first time. */
  fresh: ShallowRef<string | null>;
  /** Of a node, as the API names it. */
  path: (key: string) => string;
  canUndo: ComputedRef<boolean>;
  canRedo: ComputedRef<boolean>;
  undo: () => void;
  redo: () => void;
  addLeaf: (parent: string, leaf: Leaf) => void;
  addGroup: (parent: string) => void;
  change: (key: string, leaf: Leaf) => void;
  regroup: (key: string, group: GroupKind, k: number) => void;
  /** @returns puts it back where it was, whatever was done since */
  remove: (key: string) => () => void;
  duplicate: (key: string) => void;
  move: (key: string, to: Place) => void;
  step: (key: string, by: -1 | 1) => void;
  indent: (key: string) => void;
  outdent: (key: string) => void;
  unwrap: (key: string) => void;
  /** What is dragged, and where it would fall. */
  dragged: ShallowRef<string | null>;
  target: ShallowRef<Place | null>;
  drop: () => void;
  /** What was done, for those who hear the page. */
  said: ShallowRef<string>;
}

export interface BuilderOptions {
  condition: () => Condition;
  write: (condition: Condition) => void;
  /** Says what was done to a node: `segments.said.<deed>`. */
  say: (
    deed: 'moved' | 'removed' | 'copied' | 'added' | 'undone' | 'redone',
    standing: Standing | null,
  ) => string;
}

let last = 0;
const newKey = (): string => `node-${(last += 1)}`;

/** A condition while it is edited: steps back and forth, what is open, and where the focus goes after a move. */
export function useBuilder({ condition, write, say }: BuilderOptions): Builder {
  const history = shallowRef<EditHistory<GroupNode>>(beginHistory(rootOf(condition(), newKey)));
  const open = shallowRef<string | null>(null);
  const fresh = shallowRef<string | null>(null);
  watch(open, (now) => {
    if (now !== fresh.value) fresh.value = null;
  });
  const dragged = shallowRef<string | null>(null);
  const target = shallowRef<Place | null>(null);
  const said = shallowRef('');
  const root = computed(() => history.value.present);
  const standing = computed(() => new Map(standings(root.value).map((each) => [each.node.key, each])));

  // A draft put back, another's version, "as it was": a new beginning, not a step.
  watch(
    () => JSON.stringify(condition()),
    (now) => {
      if (now === JSON.stringify(conditionOf(root.value))) return;
      history.value = beginHistory(rootOf(condition(), newKey));
      open.value = null;
    },
  );

  function show(next: EditHistory<GroupNode>): void {
    history.value = next;
    write(conditionOf(next.present));
  }
  /** @param place where typing goes on is one step */
  function step(next: GroupNode, place = newKey()): boolean {
    if (next === root.value) return false;
    show(written(history.value, next, { place, now: performance.now() }));
    return true;
  }
  function tell(deed: Parameters<BuilderOptions['say']>[0], key: string | null): void {
    said.value = say(deed, key === null ? null : (standing.value.get(key) ?? null));
  }
  function moveTo(key: string, next: GroupNode): void {
    if (!step(next)) return;
    tell('moved', key);
    void focusOn(key);
  }
  function remove(key: string): () => void {
    const gone = standing.value.get(key);
    const before = neighbour(key);
    tell('removed', key);
    if (open.value === key) open.value = null;
    if (step(edits.removed(root.value, key))) void focusOn(before);
    return () => {
      if (gone?.parent == null || standing.value.has(key)) return;
      // Its group may have gone with it.
      const parent = standing.value.has(gone.parent.key) ? gone.parent.key : root.value.key;
      step(edits.inserted(root.value, { parent, index: gone.index }, gone.node));
      void focusOn(key);
    };
  }
  /** Where the eye goes when a node is gone: the line above it, else below. */
  function neighbour(key: string): string | null {
    const keys = [...standing.value.keys()];
    const at = keys.indexOf(key);
    return keys[at - 1] ?? keys[at + 1] ?? null;
  }

  return {
    root,
    open,
    fresh,
    path: (key) => pathOf(standing.value.get(key)?.at ?? []),
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    undo: () => {
      show(undone(history.value));
      tell('undone', null);
    },
    redo: () => {
      show(redone(history.value));
      tell('redone', null);
    },
    addLeaf: (parent, leaf) => {
      const node: LeafNode = { key: newKey(), leaf };
      step(edits.appended(root.value, parent, node));
      [fresh.value, open.value] = [node.key, node.key];
      tell('added', node.key);
      void focusOn(node.key, '.form input, .form button');
    },
    addGroup: (parent) => {
      const node: GroupNode = { key: newKey(), group: 'ANY', k: 1, of: [] };
      step(edits.appended(root.value, parent, node));
      tell('added', node.key);
      void focusOn(node.key);
    },
    change: (key, leaf) => {
      step(
        edits.changed(root.value, key, (node) => ({ key: node.key, leaf })),
        key,
      );
    },
    regroup: (key, group, k) => {
      step(edits.regrouped(root.value, key, group, k), key);
    },
    remove,
    duplicate: (key) => {
      const copy = edits.duplicated(root.value, key, newKey);
      if (!step(copy.root)) return;
      tell('copied', copy.key);
      void focusOn(copy.key);
    },
    move: (key, to) => moveTo(key, edits.moved(root.value, key, to)),
    step: (key, by) => moveTo(key, edits.stepped(root.value, key, by)),
    indent: (key) => moveTo(key, edits.indented(root.value, key, newKey)),
    outdent: (key) => moveTo(key, edits.outdented(root.value, key)),
    unwrap: (key) => {
      step(edits.unwrapped(root.value, key));
    },
    dragged,
    target,
    drop: () => {
      if (dragged.value !== null && target.value !== null)
        moveTo(dragged.value, edits.moved(root.value, dragged.value, target.value));
      [dragged.value, target.value] = [null, null];
    },
    said,
  };
}

/** After the tree is drawn anew; nothing where the node is not to be seen. */
async function focusOn(key: string | null, inside = '.handle-focus'): Promise<void> {
  await nextTick();
  const node = document.querySelector(`[data-key="${key}"]`);
  const place = node?.querySelector<HTMLElement>(inside) ?? node?.querySelector<HTMLElement>('.handle-focus');
  place?.focus();
}

/** What the nodes of the tree share: how they are said, what is wrong with them, whom they hold for. */
export interface BuilderView {
  builder: Builder;
  readonly: ComputedRef<boolean>;
  sentence: (leaf: Leaf) => string;
  /** Words under a node; `''` of the whole node, else of one of its fields. */
  problems: (key: string) => readonly NodeProblem[];
  verdict: (key: string) => NodeVerdict | null;
  /** How many the question finds by itself; null: not counted. */
  count: (leaf: Leaf) => number | null;
}

export interface NodeProblem {
  readonly path: string;
  readonly words: string;
  /** What was named is not there any more: said even while the sentence is closed. */
  readonly isGone?: boolean;
}

export interface NodeVerdict {
  readonly holds: boolean;
  /** What was found, and when it turns: «1 покупка из нужных 2». */
  readonly words: string | null;
}

const KEY: InjectionKey<BuilderView> = Symbol('builder');

export function provideBuilder(view: BuilderView): void {
  provide(KEY, view);
}

export function useBuilderView(): BuilderView {
  const view = inject(KEY);
  if (view === undefined) throw new Error('Only inside the builder of a segment.');
  return view;
}
