import type { ProgramSettings } from '@clientele/shared/receipt';
import { earningSentence } from '@clientele/shared/sentences';
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession, type StoreInScope } from '../app/session.ts';
import { useQuery } from '../app/use-query.ts';
import { useSegmentNames } from '../forms/use-segments.ts';
import { ruleNames } from './operations/promotions.ts';
import type { RuleSpeech } from './terms-sentence.ts';

export interface RuleNames {
  /** How rules are written: names of stores, series, tiers; sums in the brand's currencies. */
  speech: ComputedRef<RuleSpeech>;
  stores: ComputedRef<readonly StoreInScope[]>;
  currencies: ComputedRef<readonly string[]>;
  /** Of first and last moments: that of a store in the currency most stores sell in. */
  timeZone: ComputedRef<string>;
  groups: ComputedRef<readonly { id: string; name: string; isDefault: boolean }[]>;
  pools: ComputedRef<readonly { id: string; name: string; promotionId: string | null }[]>;
  tiers: ComputedRef<readonly { value: string; title: string }[]>;
  /** An earning rule of the program as a sentence; null: nobody knows it. */
  earningWords: (code: string) => string | null;
}

const FIRST = 100;

/** What rules name by id or code. @param brandId null: of every brand the person sees */
export function useRuleNames(brandId: () => string | null): RuleNames {
  const { locale } = useI18n();
  const { session } = useSession();
  const segmentName = useSegmentNames();
  const names = useQuery(ruleNames, () => ({ brandId: brandId(), first: FIRST }));
  const stores = computed(() => {
    const id = brandId();
    return session.value.stores.filter((store) => id === null || store.brandId === id);
  });
  const currencies = computed(() => mostFirst(stores.value.map(({ currency }) => currency)));
  const timeZone = computed(
    () => stores.value.find(({ currency }) => currency === currencies.value[0])?.timeZone ?? 'UTC',
  );
  const pools = computed(
    () =>
      names.data.value?.promoCodePools.edges.map(({ node }) => ({
        id: node.id,
        name: node.name,
        promotionId: node.promotion?.id ?? null,
      })) ?? [],
  );
  const programs = computed(() =>
    (names.data.value?.programs ?? [])
      .filter(({ brand }) => brandId() === null || brand.id === brandId())
      .flatMap(({ settings }) => (settings as ProgramSettings | null) ?? []),
  );
  const tiers = computed(() =>
    programs.value
      .flatMap((settings) => settings.tiers.levels)
      .map(({ code, name }) => ({ value: code, title: name || code })),
  );
  const speech = computed((): RuleSpeech => {
    const storeNames = new Map(session.value.stores.map(({ id, name }) => [id, name]));
    const poolNames = new Map(pools.value.map(({ id, name }) => [id, name]));
    const tierNames = new Map(tiers.value.map(({ value, title }) => [value, title]));
    return {
      language: locale.value === 'en' ? 'en' : 'ru',
      currencies: currencies.value,
      timeZone: timeZone.value,
      storeName: (id) => storeNames.get(id) ?? '…',
      poolName: (id) => poolNames.get(id) ?? '…',
      segmentName,
      tierName: (code) => tierNames.get(code) ?? code,
    };
  });
  return {
    speech,
    stores,
    currencies,
    timeZone,
    groups: computed(() => names.data.value?.promotionGroups ?? []),
    pools,
    tiers,
    earningWords: (code) => {
      const rule = programs.value
        .flatMap(({ earningRules }) => earningRules)
        .find((each) => each.code === code);
      return rule === undefined ? null : earningSentence(speech.value, rule);
    },
  };
}

/** Each once, what most stores have first. */
export function mostFirst(values: readonly string[]): string[] {
  const counts = Map.groupBy(values, (value) => value);
  return [...counts].toSorted(([, one], [, other]) => other.length - one.length).map(([value]) => value);
}
