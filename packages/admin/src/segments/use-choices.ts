import type { ProgramSettings } from '@clientele/shared/receipt';
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Failure } from '../app/failure.ts';
import { useSession } from '../app/session.ts';
import { useQuery } from '../app/use-query.ts';
import { mostFirst } from '../offers/use-rule-names.ts';
import type { Choice, Choices } from './choices.ts';
import { conditionChoices } from './operations/asking.ts';
import { segmentNames } from './operations/segments.ts';

const MOST_SEGMENTS = 100;

export interface KnownChoices {
  choices: ComputedRef<Choices>;
  /** Names are here: before it ids would be read as gone. */
  isReady: ComputedRef<boolean>;
  failure: ComputedRef<Failure | null>;
  reload: () => Promise<void>;
}

/** What conditions may name, with the names a person knows it by. @param self the segment that is edited */
export function useChoices(self: () => string | null): KnownChoices {
  const { locale } = useI18n();
  const { session } = useSession();
  const asked = useQuery(conditionChoices, () => ({}));
  const others = useQuery(segmentNames, () => ({ first: MOST_SEGMENTS }));
  const named = (one: { code: string; nameRu: string; nameEn: string }): Choice => ({
    value: one.code,
    title: (locale.value === 'en' ? one.nameEn : one.nameRu) || one.code,
  });
  const rows = computed(() => others.data.value?.segments.edges.map(({ node }) => node) ?? []);
  const choices = computed((): Choices => {
    const data = asked.data.value;
    const { stores } = session.value;
    return {
      stores: stores.map(({ code, name }) => ({ value: code, title: name })),
      pools: data?.promoCodePools.edges.map(({ node }) => ({ value: node.id, title: node.name })) ?? [],
      programs: data?.programs.map(({ id, name }) => ({ value: id, title: name })) ?? [],
      tiers: (data?.programs ?? []).flatMap(({ settings }) => tiersOf(settings as ProgramSettings | null)),
      topics: (data?.consentTopics ?? []).filter(isKept).map(named),
      attributes: (data?.attributeDefinitions ?? []).filter(isKept).map((one) => ({
        ...named(one),
        type: one.type,
        choices: one.choices.map(named),
      })),
      events: (data?.eventDefinitions ?? [])
        .filter(isKept)
        .map((one) => ({ ...named(one), properties: one.properties })),
      segments: rows.value
        .filter(({ id }) => id !== self())
        .map(({ id, name }) => ({ value: id, title: name })),
      snapshots: rows.value.flatMap(({ name, snapshots }) =>
        snapshots.map((one) => ({ value: one.id, title: `${name}: ${one.name}` })),
      ),
      models: data?.rfmModels.map(({ id, name }) => ({ value: id, title: name })) ?? [],
      currencies: mostFirst(stores.map(({ currency }) => currency)),
      zone: mostFirst(stores.map(({ timeZone }) => timeZone))[0] ?? 'UTC',
    };
  });
  return {
    choices,
    isReady: computed(() => asked.data.value !== undefined && others.data.value !== undefined),
    failure: computed(() => asked.failure.value ?? others.failure.value),
    reload: async () => {
      await Promise.all([asked.reload(), others.reload()]);
    },
  };
}

function isKept({ archivedAt }: { archivedAt: string | null }): boolean {
  return archivedAt === null;
}

function tiersOf(settings: ProgramSettings | null): Choice[] {
  return settings?.tiers.levels.map(({ code, name }) => ({ value: code, title: name || code })) ?? [];
}
