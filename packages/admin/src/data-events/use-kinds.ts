import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useQuery, type Query } from '../app/use-query.ts';
import { eventDefinitions, type Definition } from './operations.ts';

type Definitions = Query<{ eventDefinitions: readonly Definition[] }>;

/** Kinds that are described, and their names in the language that is shown. */
export function useKinds(): {
  query: Definitions;
  kinds: ComputedRef<readonly Definition[]>;
  nameOf: (code: string) => string;
} {
  const { locale, t } = useI18n();
  const query = useQuery(eventDefinitions, () => ({}));
  const kinds = computed(() => query.data.value?.eventDefinitions ?? []);
  const byCode = computed(() => new Map(kinds.value.map((kind) => [kind.code, kind])));
  return {
    query,
    kinds,
    nameOf: (code) => {
      const kind = byCode.value.get(code);
      if (kind === undefined) return code === '' ? t('events.noKind') : code;
      return locale.value === 'ru' ? kind.nameRu : kind.nameEn;
    },
  };
}
