import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { isRefusal, type AnyRefusal } from '../app/refusal.ts';
import { useFormat } from '../app/use-format.ts';
import { useMutation } from '../app/use-mutation.ts';
import { problemsByField } from '../ui/refusal-words.ts';
import { useConfirm } from '../ui/use-confirm.ts';
import { useToasts } from '../ui/use-toasts.ts';
import { monthly } from './estimate-sums.ts';
import {
  copyPromotion,
  deletePromotion,
  restoreRevision,
  setPromotionState,
  type Estimate,
  type PromotionDetails,
} from './operations/promotions.ts';

export interface Lifecycle {
  running: ComputedRef<boolean>;
  /** The last no, where it is none of a field. */
  refusal: ShallowRef<AnyRefusal | null>;
  /** What publishing lacks, by path of the field. */
  problems: ComputedRef<Readonly<Record<string, string>>>;
  publish: (sentences: readonly string[], estimate: Estimate | null) => Promise<void>;
  pause: () => Promise<void>;
  resume: () => Promise<void>;
  end: () => Promise<void>;
  copy: () => Promise<void>;
  remove: () => Promise<void>;
  /** Back to what an earlier revision said. */
  restore: (revision: number) => Promise<void>;
}

/** Everything that happens to a promotion besides its editing; consequences are told before, a way back after. */
export function useLifecycle(
  promotion: () => PromotionDetails | null,
  reload: () => Promise<void>,
): Lifecycle {
  const { t } = useI18n();
  const { number, money } = useFormat();
  const { ask } = useConfirm();
  const { show } = useToasts();
  const router = useRouter();
  const [setting, copying, removing, restoring] = [
    useMutation(setPromotionState),
    useMutation(copyPromotion),
    useMutation(deletePromotion),
    useMutation(restoreRevision),
  ];
  const refusal = shallowRef<AnyRefusal | null>(null);

  async function set(state: PromotionDetails['state'], words: string, undo?: () => void): Promise<void> {
    const now = promotion();
    if (now === null) return;
    const outcome = await setting.run({ id: now.id, version: now.version, state });
    await taken(outcome, () => show(t(words), undo === undefined ? {} : { undo }));
  }

  async function taken(outcome: { readonly __typename: string } | null, done: () => void): Promise<void> {
    refusal.value = null;
    if (outcome === null) return show(t('offers.failed'), { tone: 'bad' });
    if (isRefusal(outcome)) {
      const no: AnyRefusal = outcome;
      refusal.value = no;
      if (no.__typename === 'VersionConflict') await reload();
      return;
    }
    await reload();
    done();
  }

  function costs(estimate: Estimate | null): string[] {
    if (estimate === null || estimate.orders === 0) return [];
    const sums = estimate.money
      .filter(({ discount }) => Number(discount) > 0)
      .map(({ discount, currency }) => money(monthly(discount, estimate.days), currency));
    const perMonth = number(Math.round((estimate.touched * 30) / estimate.days));
    return [
      sums.length === 0
        ? t('offers.publish.touched', { n: perMonth })
        : t('offers.publish.costs', { n: perMonth, sum: sums.join(', ') }),
    ];
  }

  return {
    running: computed(
      () =>
        setting.running.value || copying.running.value || removing.running.value || restoring.running.value,
    ),
    refusal,
    problems: computed(() => problemsByField(refusal.value)),
    publish: async (sentences, estimate) => {
      const yes = await ask({
        title: t('offers.publish.title', { name: promotion()?.name ?? '' }),
        consequences: [...sentences, ...costs(estimate), t('offers.publish.atOnce')],
        action: t('offers.actions.publish'),
      });
      if (yes) await set('LIVE', 'offers.publish.done', () => void set('PAUSED', 'offers.paused'));
    },
    pause: () => set('PAUSED', 'offers.paused', () => void set('LIVE', 'offers.resumed')),
    resume: () => set('LIVE', 'offers.resumed', () => void set('PAUSED', 'offers.paused')),
    end: async () => {
      const yes = await ask({
        title: t('offers.end.title', { name: promotion()?.name ?? '' }),
        consequences: [t('offers.end.atOnce'), t('offers.end.forGood')],
        action: t('offers.actions.end'),
        tone: 'bad',
      });
      if (yes) await set('ENDED', 'offers.ended');
    },
    copy: async () => {
      const now = promotion();
      if (now === null) return;
      const outcome = await copying.run({ id: now.id, name: t('offers.copyName', { name: now.name }) });
      await taken(outcome, () => show(t('offers.copied')));
      if (outcome?.__typename === 'PromotionSaved')
        await router.push(`/offers/${encodeURIComponent(outcome.promotion.id)}`);
    },
    remove: async () => {
      const now = promotion();
      if (now === null) return;
      const yes = await ask({
        title: t('offers.remove.title', { name: now.name }),
        consequences: [t('offers.remove.text')],
        action: t('offers.actions.remove'),
        tone: 'bad',
      });
      if (!yes) return;
      const outcome = await removing.run({ id: now.id, version: now.version });
      if (outcome !== null && !isRefusal(outcome)) {
        await router.push('/offers');
        return show(t('offers.remove.done'));
      }
      await taken(outcome, () => undefined);
    },
    restore: async (revision) => {
      const now = promotion();
      if (now === null) return;
      const before = now.revision;
      const outcome = await restoring.run({ id: now.id, version: now.version, revision });
      await taken(outcome, () =>
        show(t('offers.revisions.restored', { n: revision }), {
          undo: () => {
            const latest = promotion();
            if (latest === null) return;
            void restoring
              .run({ id: latest.id, version: latest.version, revision: before })
              .then((back) => taken(back, () => undefined));
          },
        }),
      );
    },
  };
}
