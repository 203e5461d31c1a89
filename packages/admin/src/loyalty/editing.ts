import type { ProgramSettings } from '@clientele/shared/receipt';
import type { Speech } from '@clientele/shared/sentences';
import { inject, provide, type ComputedRef, type InjectionKey } from 'vue';

/** What every field of the editor needs to know of the whole. */
export interface Editing {
  settings: ComputedRef<ProgramSettings>;
  /** How sentences are written here. */
  speech: ComputedRef<Speech>;
  /** ISO 4217, those fields are shown for. */
  currencies: ComputedRef<readonly string[]>;
  /** The words under a field, by its path in the settings. */
  problem: (path: string) => string[];
  /** Whether anything below that path is wrong. */
  isWrong: (path: string) => boolean;
  /** @param place where it was written: what follows there at once is one step of the undo */
  change: (place: string, next: Partial<ProgramSettings>) => void;
}

const KEY: InjectionKey<Editing> = Symbol('editing');

export function provideEditing(editing: Editing): void {
  provide(KEY, editing);
}

export function useEditing(): Editing {
  const editing = inject(KEY);
  if (editing === undefined) throw new Error('Only inside the editor of a program.');
  return editing;
}
