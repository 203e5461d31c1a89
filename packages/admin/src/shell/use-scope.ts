import { computed, type WritableComputedRef } from 'vue';
import { kept } from '../app/kept.ts';
import { useSession } from '../app/session.ts';

interface Scope {
  brandId: string | null;
  storeId: string | null;
}

const scope = kept<Scope>(
  'scope',
  { brandId: null, storeId: null },
  (value) => typeof value === 'object' && value !== null && 'brandId' in value && 'storeId' in value,
);

/**
 * The brand and store a person looks at; null is all of them. A page that obeys it says so by `meta.scoped`: the selector
 * is shown on such pages only. What the person may no longer see counts as all.
 */
export function useScope(): {
  brandId: WritableComputedRef<string | null>;
  storeId: WritableComputedRef<string | null>;
} {
  const { session } = useSession();
  return {
    brandId: computed({
      get: () => known(session.value.brands, scope.value.brandId),
      set: (brandId) => {
        scope.value = { ...scope.value, brandId };
      },
    }),
    storeId: computed({
      get: () => known(session.value.stores, scope.value.storeId),
      set: (storeId) => {
        scope.value = { ...scope.value, storeId };
      },
    }),
  };
}

function known(list: readonly { id: string }[], id: string | null): string | null {
  return list.some((each) => each.id === id) ? id : null;
}
