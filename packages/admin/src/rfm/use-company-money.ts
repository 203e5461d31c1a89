import { computed, type ComputedRef } from 'vue';
import { useSession } from '../app/session.ts';
import { mostFirst } from '../offers/use-rule-names.ts';

/** In what and where the company sells, what most stores do first. */
export function useCompanyMoney(): { currencies: ComputedRef<readonly string[]>; zone: ComputedRef<string> } {
  const { session } = useSession();
  return {
    currencies: computed(() => mostFirst(session.value.stores.map(({ currency }) => currency))),
    zone: computed(() => mostFirst(session.value.stores.map(({ timeZone }) => timeZone))[0] ?? 'UTC'),
  };
}
