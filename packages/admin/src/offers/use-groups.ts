import { computed, nextTick, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Failure } from '../app/failure.ts';
import { isRefusal, type AnyRefusal } from '../app/refusal.ts';
import { useMutation } from '../app/use-mutation.ts';
import { useQuery } from '../app/use-query.ts';
import { useConfirm } from '../ui/use-confirm.ts';
import { useToasts } from '../ui/use-toasts.ts';
import {
  changeGroup,
  createGroup,
  deleteGroup,
  orderGroups,
  orderPromotions,
  promotionGroups,
  type GroupRow,
  type Stacking,
} from './operations/groups.ts';
import { moved } from './reorder.ts';

export interface Groups {
  groups: ShallowRef<readonly GroupRow[]>;
  isReady: ComputedRef<boolean>;
  failure: ShallowRef<Failure | null>;
  refusal: ShallowRef<AnyRefusal | null>;
  reload: () => Promise<void>;
  /** Said aloud to those who do not see it move. */
  announcement: ShallowRef<string>;
  create: () => Promise<void>;
  change: (group: GroupRow, part: { name?: string; stacking?: Stacking }) => Promise<void>;
  remove: (group: GroupRow) => Promise<void>;
  moveGroup: (from: number, to: number) => Promise<void>;
  movePromotion: (groupId: string, from: number, to: number) => Promise<void>;
  /** Into another group, before the one at `to`. */
  carry: (promotionId: string, toGroupId: string, to: number) => Promise<void>;
}

/** Of the handle under the focus: a row that moves loses it. */
function focusedHandle(): string | null {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement ? (activeElement.dataset['handle'] ?? null) : null;
}

export function refocus(handle: string | null): void {
  if (handle === null || focusedHandle() === handle) return;
  document.querySelector<HTMLElement>(`[data-handle="${CSS.escape(handle)}"]`)?.focus();
}

/** The groups of a brand; an order is shown at once and put back where the server says no. */
export function useGroups(brandId: () => string | null): Groups {
  const { t } = useI18n();
  const { ask } = useConfirm();
  const { show } = useToasts();
  const query = useQuery(promotionGroups, () => {
    const id = brandId();
    return id === null ? null : { brandId: id };
  });
  const groups = shallowRef<readonly GroupRow[]>([]);
  watch(query.data, (now) => (groups.value = now?.promotionGroups ?? []), { immediate: true });
  const refusal = shallowRef<AnyRefusal | null>(null);
  const announcement = shallowRef('');
  const [creating, changing, deleting, orderingGroups, ordering] = [
    useMutation(createGroup),
    useMutation(changeGroup),
    useMutation(deleteGroup),
    useMutation(orderGroups),
    useMutation(orderPromotions),
  ];

  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: what is changed next is changed from what the change before left. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }
  const newest = (group: GroupRow): GroupRow => groups.value.find(({ id }) => id === group.id) ?? group;

  /** What came of it, and the truth from the server again. */
  async function settle(outcome: { readonly __typename: string } | null, words: string): Promise<boolean> {
    refusal.value = outcome !== null && isRefusal(outcome) ? (outcome as AnyRefusal) : null;
    const done = outcome !== null && refusal.value === null;
    const handle = focusedHandle();
    await query.reload();
    groups.value = query.data.value?.promotionGroups ?? [];
    await nextTick();
    refocus(handle);
    show(done ? t(words) : t('offers.failed'), { tone: done ? 'ok' : 'bad' });
    return done;
  }

  async function saveGroups(order: readonly GroupRow[]): Promise<void> {
    groups.value = order;
    await inTurn(async () => {
      const groupIds = order.map(({ id }) => id);
      const outcome = await orderingGroups.run({ brandId: brandId() ?? '', groupIds });
      await settle(outcome, 'offers.groups.saved');
    });
  }

  async function savePromotions(group: GroupRow, promotions: GroupRow['promotions']): Promise<void> {
    await inTurn(async () => {
      const outcome = await ordering.run({
        groupId: group.id,
        version: newest(group).version,
        promotionIds: promotions.map(({ id }) => id),
      });
      await settle(outcome, 'offers.groups.saved');
    });
  }

  function announce(name: string, place: number, count: number): void {
    announcement.value = t('offers.groups.moved', { name, place: place + 1, count });
  }

  return {
    groups,
    isReady: computed(() => query.data.value !== undefined || brandId() === null),
    failure: query.failure,
    refusal,
    reload: query.reload,
    announcement,
    create: async () => {
      const input = { brandId: brandId() ?? '', name: t('offers.groups.newName'), stacking: 'BEST' as const };
      await settle(await creating.run({ input }), 'offers.groups.created');
    },
    change: (group, part) =>
      inTurn(async () => {
        const { id, version, name, stacking } = newest(group);
        const outcome = await changing.run({ input: { id, version, name, stacking, ...part } });
        await settle(outcome, 'offers.groups.changed');
      }),
    remove: async ({ id, version, name }) => {
      const yes = await ask({
        title: t('offers.groups.removeTitle', { name }),
        consequences: [t('offers.groups.removeText')],
        action: t('offers.groups.remove'),
        tone: 'bad',
      });
      if (yes) await settle(await deleting.run({ id, version }), 'offers.groups.removed');
    },
    moveGroup: async (from, to) => {
      const order = moved(groups.value, from, to);
      const group = groups.value[from];
      if (group === undefined || order[to] !== group || from === to) return;
      announce(group.name, to, order.length);
      await saveGroups(order);
    },
    movePromotion: async (groupId, from, to) => {
      const group = groups.value.find(({ id }) => id === groupId);
      const promotion = group?.promotions[from];
      if (group === undefined || promotion === undefined || from === to) return;
      const promotions = moved(group.promotions, from, to);
      if (promotions[to] !== promotion) return;
      announce(promotion.name, to, promotions.length);
      groups.value = groups.value.map((each) => (each === group ? { ...group, promotions } : each));
      await savePromotions(group, promotions);
    },
    carry: async (promotionId, toGroupId, to) => {
      const group = groups.value.find(({ id }) => id === toGroupId);
      const promotion = groups.value
        .flatMap(({ promotions }) => promotions)
        .find(({ id }) => id === promotionId);
      if (group === undefined || promotion === undefined) return;
      const others = group.promotions.filter(({ id }) => id !== promotionId);
      const promotions = [...others.slice(0, to), promotion, ...others.slice(to)];
      announce(promotion.name, to, promotions.length);
      await savePromotions(group, promotions);
    },
  };
}
