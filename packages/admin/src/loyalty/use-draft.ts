import { programSettingsProblems } from '@clientele/shared/receipt';
import type { ProgramSettings } from '@clientele/shared/receipt';
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import type { Failure } from '../app/failure.ts';
import { isRefusal, type AnyRefusal } from '../app/refusal.ts';
import { useMutation } from '../app/use-mutation.ts';
import { beginHistory, redone, undone, written, type EditHistory } from '../ui/edit-history.ts';
import { saveProgramDraft, type ProgramFacts } from './operations.ts';
import { startOfEdit } from './use-program.ts';

export type SaveState = 'SAVED' | 'WAITING' | 'SAVING' | 'FAILED';

export interface DraftEdit {
  settings: ComputedRef<ProgramSettings | null>;
  /** What is wrong, by path in the settings. */
  problems: ComputedRef<ReadonlyMap<string, string>>;
  state: ShallowRef<SaveState>;
  failure: ShallowRef<Failure | null>;
  /** Somebody else saved meanwhile. */
  conflict: ShallowRef<AnyRefusal | null>;
  change: (place: string, next: Partial<ProgramSettings>) => void;
  canUndo: ComputedRef<boolean>;
  canRedo: ComputedRef<boolean>;
  undo: () => void;
  redo: () => void;
  /** Writes what is not saved yet. @returns whether everything is */
  flush: () => Promise<boolean>;
  /** Goes on from what the server has now, with my settings or with theirs. */
  settle: (whose: 'MINE' | 'THEIRS') => Promise<void>;
  /** Begins anew from what the server has. */
  restart: () => void;
}

/** Half a second after a person stops writing, it is saved. */
const PAUSE_MS = 500;

/** The draft of a program being written: it saves itself, knows its steps, and never overwrites somebody else's. */
export function useDraft(program: ComputedRef<ProgramFacts | null>, reload: () => Promise<void>): DraftEdit {
  const history = shallowRef<EditHistory<ProgramSettings> | null>(null);
  const state = shallowRef<SaveState>('SAVED');
  const conflict = shallowRef<AnyRefusal | null>(null);
  const save = useMutation(saveProgramDraft);
  let version = 0;
  let saved: ProgramSettings | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | null = null;

  function begin(facts: ProgramFacts): void {
    version = facts.draft.version;
    saved = startOfEdit(facts);
    history.value = beginHistory(saved);
    state.value = 'SAVED';
  }
  watch(
    program,
    (facts) => {
      if (facts === null) return;
      // Nothing was written here yet: what somebody else saved meanwhile is taken over without a question.
      const isUntouched = history.value?.past.length === 0 && running === null && conflict.value === null;
      if (history.value === null || (isUntouched && facts.draft.version !== version)) begin(facts);
    },
    { immediate: true },
  );

  function step(next: EditHistory<ProgramSettings>): void {
    history.value = next;
    state.value = 'WAITING';
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), PAUSE_MS);
  }

  async function flush(): Promise<boolean> {
    clearTimeout(timer);
    if (running !== null) await running;
    if (history.value === null || conflict.value !== null) return false;
    if (history.value.present === saved) {
      state.value = 'SAVED';
      return true;
    }
    running = write(history.value.present);
    const isDone = await running;
    running = null;
    return isDone && history.value.present !== saved ? flush() : isDone;
  }

  async function write(settings: ProgramSettings): Promise<boolean> {
    const id = program.value?.id;
    if (id === undefined) return false;
    state.value = 'SAVING';
    const outcome = await save.run({ input: { programId: id, version, settings } });
    if (outcome?.__typename === 'ProgramSaved') {
      version = outcome.program.draft.version;
      saved = settings;
      state.value = history.value?.present === settings ? 'SAVED' : 'WAITING';
      return true;
    }
    state.value = 'FAILED';
    if (outcome !== null && isRefusal(outcome) && outcome.__typename === 'VersionConflict') {
      await reload();
      conflict.value = outcome;
    }
    return false;
  }

  async function settle(whose: 'MINE' | 'THEIRS'): Promise<void> {
    const facts = program.value;
    if (facts === null || history.value === null) return;
    const mine = history.value.present;
    conflict.value = null;
    begin(facts);
    if (whose === 'THEIRS') return;
    step(written(beginHistory(startOfEdit(facts)), mine, { place: 'settle', now: performance.now() }));
    await flush();
  }

  function keepOpen(event: BeforeUnloadEvent): void {
    if (state.value === 'SAVED') return;
    event.preventDefault();
    void flush();
  }
  addEventListener('beforeunload', keepOpen);
  onScopeDispose(() => {
    removeEventListener('beforeunload', keepOpen);
    void flush();
  });
  return {
    settings: computed(() => history.value?.present ?? null),
    problems: computed(() => problemsByPath(history.value?.present ?? null)),
    state,
    failure: save.failure,
    conflict,
    change: (place, next) => {
      if (history.value === null) return;
      const settings = { ...history.value.present, ...next };
      step(written(history.value, settings, { place, now: performance.now() }));
    },
    canUndo: computed(() => (history.value?.past.length ?? 0) > 0),
    canRedo: computed(() => (history.value?.future.length ?? 0) > 0),
    undo: () => {
      if (history.value !== null && history.value.past.length > 0) step(undone(history.value));
    },
    redo: () => {
      if (history.value !== null && history.value.future.length > 0) step(redone(history.value));
    },
    flush,
    settle,
    restart: () => {
      clearTimeout(timer);
      if (program.value !== null) begin(program.value);
    },
  };
}

/** The first problem of each path. */
function problemsByPath(settings: ProgramSettings | null): ReadonlyMap<string, string> {
  const problems = settings === null ? [] : programSettingsProblems(settings);
  return new Map(problems.toReversed().map(({ path, code }) => [path.join('.'), code]));
}
