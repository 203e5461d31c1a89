import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { isRefusal, type AnyRefusal } from '../app/refusal.ts';
import { useMutation } from '../app/use-mutation.ts';
import { useToasts } from '../ui/use-toasts.ts';
import { archiveSegment, restoreSegment } from './operations/segments.ts';

interface Kept {
  readonly id: string;
  readonly version: number;
  readonly state: string;
}

export interface Archive {
  running: ShallowRef<boolean>;
  /** The first no; what came before and after it is done. */
  refusal: ShallowRef<AnyRefusal | null>;
  /** What keeps it. */
  uses: ComputedRef<readonly { kind: string; id: string; name: string }[]>;
  archive: (chosen: readonly Kept[]) => Promise<void>;
  restore: (chosen: readonly Kept[]) => Promise<void>;
}

/** Puts segments away and brings them back; each can be undone by the other. */
export function useArchive(changed: () => Promise<void>): Archive {
  const { t } = useI18n();
  const { show } = useToasts();
  const mutations = { archive: useMutation(archiveSegment), restore: useMutation(restoreSegment) };
  const running = shallowRef(false);
  const refusal = shallowRef<AnyRefusal | null>(null);

  async function each(chosen: readonly Kept[], deed: 'archive' | 'restore'): Promise<Kept[]> {
    const done: Kept[] = [];
    running.value = true;
    refusal.value = null;
    try {
      for (const { id, version } of chosen) {
        const outcome = await mutations[deed].run({ id, version });
        if (outcome === null) break;
        if (isRefusal(outcome)) refusal.value ??= outcome as AnyRefusal;
        else done.push(outcome.segment);
      }
    } finally {
      running.value = false;
      await changed();
    }
    return done;
  }
  async function run(
    chosen: readonly Kept[],
    deed: 'archive' | 'restore',
    back: 'archive' | 'restore',
  ): Promise<void> {
    const done = await each(chosen, deed);
    if (done.length === 0) return;
    const words = t(`segments.bulk.${deed}d`, { n: done.length }, done.length);
    show(words, { undo: () => void each(done, back) });
  }

  return {
    running,
    refusal,
    uses: computed(() => (refusal.value?.['uses'] ?? []) as { kind: string; id: string; name: string }[]),
    archive: async (chosen) => {
      const live = chosen.filter(({ state }) => state !== 'ARCHIVED');
      if (live.length === 0) return show(t('segments.bulk.none'), { tone: 'bad' });
      return run(live, 'archive', 'restore');
    },
    restore: (chosen) =>
      run(
        chosen.filter(({ state }) => state === 'ARCHIVED'),
        'restore',
        'archive',
      ),
  };
}
