import { inject, provide, type ComputedRef, type InjectionKey } from 'vue';

export interface Choice {
  readonly value: string;
  readonly title: string;
}
export interface AttributeChoice extends Choice {
  readonly type: 'TEXT' | 'NUMBER' | 'BOOLEAN' | 'DATE' | 'CHOICE' | 'MULTI_CHOICE';
  readonly choices: readonly Choice[];
}
export interface EventChoice extends Choice {
  readonly properties: readonly { readonly code: string; readonly type: string }[];
}

/** What conditions name by id or code, as it may be chosen. */
export interface Choices {
  /** By their codes. */
  readonly stores: readonly Choice[];
  readonly pools: readonly Choice[];
  readonly programs: readonly Choice[];
  readonly tiers: readonly Choice[];
  readonly topics: readonly Choice[];
  readonly attributes: readonly AttributeChoice[];
  readonly events: readonly EventChoice[];
  readonly segments: readonly Choice[];
  readonly snapshots: readonly Choice[];
  readonly models: readonly Choice[];
  /** ISO 4217, what most stores sell in first. */
  readonly currencies: readonly string[];
  /** IANA; of dates. */
  readonly zone: string;
}

/** What every field of a condition needs to know of the whole. */
export interface LeafEditing {
  readonly choices: ComputedRef<Choices>;
  readonly readonly: ComputedRef<boolean>;
  /** The words under a field, by its path in the leaf. */
  readonly problem: (path: string) => string[];
  /** Of everything there and below, each once. */
  readonly problemsBelow: (path: string) => string[];
}

const KEY: InjectionKey<LeafEditing> = Symbol('leaf editing');

export function provideLeafEditing(editing: LeafEditing): void {
  provide(KEY, editing);
}

export function useLeafEditing(): LeafEditing {
  const editing = inject(KEY);
  if (editing === undefined) throw new Error('Only inside a condition that is edited.');
  return editing;
}
