import { shallowRef, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { isRefusal, type AnyRefusal } from '../app/refusal.ts';
import { useMutation } from '../app/use-mutation.ts';
import { useConfirm } from '../ui/use-confirm.ts';
import { useToasts } from '../ui/use-toasts.ts';
import { setPromotionState, type PromotionRow } from './operations/promotions.ts';

type State = PromotionRow['state'];

interface Changed {
  id: string;
  version: number;
}

export interface Bulk {
  running: ShallowRef<boolean>;
  /** The first no; what came before it is done. */
  refusal: ShallowRef<AnyRefusal | null>;
  pause: (ids: readonly string[]) => Promise<void>;
  end: (ids: readonly string[]) => Promise<void>;
}

/** Pauses and ends several at once; those it does not concern stay as they are. */
export function useBulk(rows: () => readonly PromotionRow[], reload: () => Promise<void>): Bulk {
  const { t } = useI18n();
  const { ask } = useConfirm();
  const { show } = useToasts();
  const mutation = useMutation(setPromotionState);
  const running = shallowRef(false);
  const refusal = shallowRef<AnyRefusal | null>(null);

  async function setAll(chosen: readonly Changed[], state: State): Promise<Changed[]> {
    const changed: Changed[] = [];
    running.value = true;
    refusal.value = null;
    try {
      for (const { id, version } of chosen) {
        const outcome = await mutation.run({ id, version, state });
        if (outcome === null) break;
        if (isRefusal(outcome)) {
          refusal.value ??= outcome as AnyRefusal;
          continue;
        }
        changed.push({ id, version: outcome.promotion.version });
      }
    } finally {
      running.value = false;
      await reload();
    }
    return changed;
  }

  function chosenIn(ids: readonly string[], states: readonly State[]): Changed[] {
    return rows().filter(({ id, state }) => ids.includes(id) && states.includes(state));
  }

  async function pause(ids: readonly string[]): Promise<void> {
    const chosen = chosenIn(ids, ['LIVE']);
    if (chosen.length === 0) return show(t('offers.bulk.noneToPause'), { tone: 'bad' });
    const paused = await setAll(chosen, 'PAUSED');
    if (paused.length === 0) return;
    show(t('offers.bulk.paused', { n: paused.length }, paused.length), {
      undo: () => void setAll(paused, 'LIVE'),
    });
  }

  async function end(ids: readonly string[]): Promise<void> {
    const chosen = chosenIn(ids, ['LIVE', 'PAUSED']);
    if (chosen.length === 0) return show(t('offers.bulk.noneToEnd'), { tone: 'bad' });
    const yes = await ask({
      title: t('offers.bulk.endTitle', { n: chosen.length }, chosen.length),
      consequences: [t('offers.end.atOnce'), t('offers.end.forGood')],
      action: t('offers.actions.end'),
      tone: 'bad',
    });
    if (!yes) return;
    const ended = await setAll(chosen, 'ENDED');
    if (ended.length > 0) show(t('offers.bulk.ended', { n: ended.length }, ended.length));
  }
  return { running, refusal, pause, end };
}
