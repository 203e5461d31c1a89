import { useI18n } from 'vue-i18n';
import { isRefusal } from '../app/refusal.ts';
import { useMutation } from '../app/use-mutation.ts';
import { useToasts } from '../ui/use-toasts.ts';
import { dismissRejectedRecord, replayRejectedRecord, type Rejected } from './operations/rejected.ts';

/** What can be done with a refused record. @param changed hears of the record as it is now */
export function useRejected(changed: (record: Rejected) => void) {
  const { t } = useI18n();
  const { show } = useToasts();
  const replay = useMutation(replayRejectedRecord);
  const dismiss = useMutation(dismissRejectedRecord);

  async function sendAgain({ id, version }: Rejected, content?: unknown): Promise<void> {
    const outcome = await replay.run({
      input: { id, ...(content === undefined ? {} : { content, version }) },
    });
    if (outcome === null || isRefusal(outcome) || outcome.__typename !== 'RecordReplayed') return;
    show(t(outcome.taken ? 'data.rejected.taken' : 'data.rejected.refusedAgain'), {
      tone: outcome.taken ? 'ok' : 'bad',
    });
    changed(outcome.record);
  }

  async function throwAway({ id }: Rejected, reason: string): Promise<void> {
    const outcome = await dismiss.run({ input: { id, reason } });
    if (outcome === null || isRefusal(outcome) || outcome.__typename !== 'RecordDismissed') return;
    show(t('data.rejected.dismissed'));
    changed(outcome.record);
  }
  return { replay, dismiss, sendAgain, throwAway };
}
