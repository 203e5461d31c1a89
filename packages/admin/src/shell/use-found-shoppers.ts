import { computed, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useQuery } from '../app/use-query.ts';
import { useSession } from '../app/session.ts';
import { findShoppers } from './operations.ts';
import type { PaletteEntry } from './palette.ts';

const SHORTEST = 3;
const WAIT_MS = 200;

/** Shoppers by what is typed into the palette, once a person stops typing. */
export function useFoundShoppers(typed: () => string): ComputedRef<PaletteEntry[]> {
  const { t } = useI18n();
  const { may } = useSession();
  const search = shallowRef('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(typed, (now) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      search.value = now.trim();
    }, WAIT_MS);
  });
  onScopeDispose(() => clearTimeout(timer));

  const { data } = useQuery(findShoppers, () =>
    search.value.length < SHORTEST || !may('profiles.read') ? null : { search: search.value },
  );
  return computed(() =>
    (data.value?.customers.edges ?? []).map(({ node: { profile } }) => ({
      key: profile.id,
      title: [profile.givenName, profile.familyName].filter(Boolean).join(' ') || t('shell.palette.nameless'),
      note: profile.phone ?? '',
      to: `/customers/${encodeURIComponent(profile.id)}`,
    })),
  );
}
