import type { ProgramSettings } from '@clientele/shared/receipt';
import type { Speech } from '@clientele/shared/sentences';
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute } from 'vue-router';
import type { Failure } from '../app/failure.ts';
import { useQuery } from '../app/use-query.ts';
import { useScope } from '../shell/use-scope.ts';
import { program as programById, programs, type ProgramFacts, type VersionFacts } from './operations.ts';
import { readableSettings } from './readable-settings.ts';

export interface ChosenProgram {
  program: ComputedRef<ProgramFacts | null>;
  /** All this person may see, for the choice between them. */
  all: ComputedRef<readonly { id: string; name: string; brand: { name: string } }[]>;
  /** There is none at all. */
  isMissing: ComputedRef<boolean>;
  isLoading: ComputedRef<boolean>;
  failure: ComputedRef<Failure | null>;
  reload: () => Promise<void>;
  /** How sentences about it are written now. */
  speech: ComputedRef<Speech>;
  /** Kept in links between its pages: `?program=`. */
  query: ComputedRef<Record<string, string>>;
}

/** The program the URL names; else that of the brand in scope; else the first one. */
export function useProgram(): ChosenProgram {
  const { locale } = useI18n();
  const route = useRoute();
  const { brandId } = useScope();
  const list = useQuery(programs, () => ({}));
  const all = computed(() => list.data.value?.programs ?? []);
  const named = computed(() => (typeof route.query['program'] === 'string' ? route.query['program'] : null));
  const chosen = computed(
    () =>
      named.value ??
      all.value.find(({ brand }) => brand.id === brandId.value)?.id ??
      all.value[0]?.id ??
      null,
  );
  const one = useQuery(programById, () => (chosen.value === null ? null : { id: chosen.value }));
  const program = computed(() => one.data.value?.program ?? null);
  return {
    program,
    all,
    isMissing: computed(
      () =>
        program.value === null &&
        (one.data.value !== undefined || (list.data.value !== undefined && chosen.value === null)),
    ),
    isLoading: computed(() => program.value === null && (list.loading.value || one.loading.value)),
    failure: computed(() => (program.value === null ? (list.failure.value ?? one.failure.value) : null)),
    reload: async () => {
      await Promise.all([list.reload(), one.reload()]);
    },
    speech: computed(() => ({
      language: locale.value === 'en' ? 'en' : 'ru',
      currencies: program.value?.currencies ?? [],
    })),
    query: computed(() =>
      all.value.length > 1 && chosen.value !== null
        ? { program: chosen.value }
        : ({} as Record<string, string>),
    ),
  };
}

export function settingsOf({ settings }: { readonly settings: unknown }): ProgramSettings {
  return readableSettings(settings);
}

/** What an edit starts from: the draft, else the latest rules, planned ones included. */
export function startOfEdit({ draft, versions, settings }: ProgramFacts): ProgramSettings {
  const latest = versions
    .filter(({ state }) => state !== 'WITHDRAWN')
    .toSorted((a, b) => Date.parse(b.validFrom) - Date.parse(a.validFrom))[0];
  return readableSettings(draft.settings ?? latest?.settings ?? settings);
}

/** The version that holds at a moment and would be replaced then; null: the present one, by the server's clock. */
export function versionBefore(
  program: Pick<ProgramFacts, 'versions'>,
  at: number | null,
): VersionFacts | null {
  if (at === null) return program.versions.find(({ state }) => state === 'HOLDS') ?? null;
  const begun = program.versions.filter(
    ({ state, validFrom }) => state !== 'WITHDRAWN' && Date.parse(validFrom) <= at,
  );
  return begun.toSorted((a, b) => Date.parse(b.validFrom) - Date.parse(a.validFrom))[0] ?? null;
}

export function plannedVersions({ versions }: Pick<ProgramFacts, 'versions'>): VersionFacts[] {
  return versions
    .filter(({ state }) => state === 'PLANNED')
    .toSorted((a, b) => Date.parse(a.validFrom) - Date.parse(b.validFrom));
}
