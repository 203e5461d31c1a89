import { computed, type ComputedRef, type ShallowRef } from 'vue';
import type { ResultOf } from '../app/graphql.ts';
import type { AnyRefusal } from '../app/refusal.ts';
import { useMutation } from '../app/use-mutation.ts';
import { useQuery } from '../app/use-query.ts';
import { deleteView, savedViews, saveView } from './operations.ts';

export type SavedView = ResultOf<typeof savedViews>['savedViews'][number];

/** Filters, search and order of a list under a name; kept by the server, so they are there in every browser. */
export function useSavedViews(page: string): {
  views: ComputedRef<readonly SavedView[]>;
  refusal: ShallowRef<AnyRefusal | null>;
  /** @returns whether it was saved; a name of one's own that is taken is saved anew */
  save: (view: { name: string; query: string; shared: boolean }) => Promise<boolean>;
  remove: (id: string) => Promise<void>;
} {
  const { data, reload } = useQuery(savedViews, () => ({ page }));
  const saving = useMutation(saveView);
  const deleting = useMutation(deleteView);
  return {
    views: computed(() => data.value?.savedViews ?? []),
    refusal: saving.refusal,
    save: async (view) => {
      const outcome = await saving.run({ input: { ...view, page } });
      await reload();
      return outcome?.__typename === 'SavedView';
    },
    remove: async (id) => {
      await deleting.run({ id });
      await reload();
    },
  };
}
