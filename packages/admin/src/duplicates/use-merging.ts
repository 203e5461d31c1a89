import { useI18n } from 'vue-i18n';
import { newId } from '../app/new-id.ts';
import { useMutation } from '../app/use-mutation.ts';
import { isRefusal } from '../app/refusal.ts';
import { useFormat } from '../app/use-format.ts';
import { useConfirm } from '../ui/use-confirm.ts';
import { useToasts } from '../ui/use-toasts.ts';
import { undoMerge } from './operations.ts';

/** The way back from a merge: at once, or later from the log. @param done after it worked */
export function useUndoMerge(done: () => void) {
  const { t } = useI18n();
  const { number } = useFormat();
  const toasts = useToasts();
  const confirm = useConfirm();
  const mutation = useMutation(undoMerge);

  async function undo(mergeId: string, { notSame = false, whatRemains = false } = {}): Promise<void> {
    const input = { requestId: newId(), mergeId, notSame, whatRemains };
    const outcome = await mutation.run({ input });
    if (outcome === null) return toasts.show(t('duplicates.undo.failed'), { tone: 'bad' });
    if (outcome.__typename === 'PointsSpentSinceMerge') {
      mutation.clear();
      const { spent, available } = outcome;
      const yes = await confirm.ask({
        title: t('duplicates.undo.spentTitle'),
        consequences: [
          t('duplicates.undo.spent', { spent: number(spent), available: number(available) }),
          t('duplicates.undo.giveUp', { n: number(spent - available) }),
        ],
        action: t('duplicates.undo.whatRemains'),
        tone: 'bad',
      });
      if (yes) await undo(mergeId, { notSame, whatRemains: true });
      return;
    }
    if (isRefusal(outcome)) {
      toasts.show(t(`refusals.${outcome.__typename}`), { tone: 'bad' });
      return;
    }
    toasts.show(t('duplicates.undo.done'));
    done();
  }
  return { undo, running: mutation.running };
}
