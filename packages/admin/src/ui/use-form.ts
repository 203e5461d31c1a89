import { computed, reactive, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { keep, readKept } from '../app/kept.ts';
import { isRefusal, type AnyRefusal } from '../app/refusal.ts';
import { changedFields, mergeThreeWay, type FormValues, type ThreeWay } from './form-values.ts';
import { problemsByField } from './refusal-words.ts';
import { useToasts } from './use-toasts.ts';

export interface Loaded<Values> {
  values: Values;
  /** Of the thing that is edited; null for a new one. */
  version: number | null;
}

export interface FormOptions<Values extends FormValues> {
  /** Under which the draft is kept in this browser; null: personal data, nothing is kept. */
  draft: string | null;
  /** What the server has; null until it is here. */
  loaded: () => Loaded<Values> | null;
  /** @returns the union member, or null where no answer came */
  save: (values: Values, version: number | null) => Promise<{ readonly __typename: string } | null>;
  /** Asks the server again, after somebody else saved. */
  reload?: () => Promise<void>;
  /** After it was saved. */
  saved?: (outcome: { readonly __typename: string }) => void;
  /** Words of the toast; none: the page says it itself. */
  savedWords?: string;
  /** How a saved change is taken back: shown in the toast. */
  undo?: (before: Values, outcome: { readonly __typename: string }) => void;
}

export interface Form<Values extends FormValues> {
  values: Values;
  isReady: ComputedRef<boolean>;
  isDirty: ComputedRef<boolean>;
  saving: ShallowRef<boolean>;
  /** A draft of before was put in. */
  restored: ShallowRef<boolean>;
  refusal: ShallowRef<AnyRefusal | null>;
  conflict: ShallowRef<(ThreeWay<Values> & { refusal: AnyRefusal }) | null>;
  /** The words under a field, as Vuetify's `error-messages` take them. */
  problem: (field: string) => string[];
  submit: () => Promise<boolean>;
  /** Back to what the server has. */
  discard: () => void;
  /** Goes on from the other's version with what a person chose. */
  settle: (values: Values) => Promise<boolean>;
  keepsDraft: boolean;
}

/** The form pattern: draft, problems at their fields, one save at a time, and nobody's edit lost in silence. */
export function useForm<Values extends FormValues>(options: FormOptions<Values>): Form<Values> {
  const { t } = useI18n();
  const { show } = useToasts();
  const values = reactive({}) as Values;
  const base = shallowRef<Loaded<Values> | null>(null);
  const [saving, restored] = [shallowRef(false), shallowRef(false)];
  const refusal = shallowRef<AnyRefusal | null>(null);
  const conflict: Form<Values>['conflict'] = shallowRef(null);
  const isDirty = computed(() => base.value !== null && changedFields(base.value.values, values).length > 0);
  const problems = computed(() => problemsByField(refusal.value));

  function begin(loaded: Loaded<Values>): void {
    base.value = { ...loaded, values: structuredClone(loaded.values) };
    Object.assign(values, structuredClone(loaded.values));
  }

  function follow(loaded: Loaded<Values> | null): void {
    if (loaded === null || isDirty.value || saving.value) return;
    begin(loaded);
    const draft = readDraft<Values>(options.draft, loaded.version);
    if (draft === null) return;
    Object.assign(values, draft);
    restored.value = isDirty.value;
  }
  watch(options.loaded, follow, { immediate: true });
  // The answer may bring the new version before the save is over.
  watch(saving, () => {
    const now = options.loaded();
    if (now?.version !== base.value?.version) follow(now);
  });
  watch(values, () => {
    if (options.draft === null || base.value === null) return;
    keep(`draft.${options.draft}`, isDirty.value ? { values, version: base.value.version } : null);
  });

  function forgetDraft(): void {
    restored.value = false;
    if (options.draft !== null) keep(`draft.${options.draft}`, null);
  }

  async function submit(): Promise<boolean> {
    if (saving.value || base.value === null) return false;
    saving.value = true;
    refusal.value = null;
    const [before, sent] = [base.value.values, structuredClone(toPlain(values))];
    try {
      const outcome = await options.save(sent, base.value.version);
      if (outcome === null) return false;
      if (isRefusal(outcome)) {
        await refused(outcome as AnyRefusal);
        return false;
      }
      base.value = { values: sent, version: base.value.version };
      forgetDraft();
      if (options.savedWords !== undefined)
        show(t(options.savedWords), options.undo ? { undo: () => options.undo?.(before, outcome) } : {});
      options.saved?.(outcome);
      return true;
    } finally {
      saving.value = false;
    }
  }

  async function refused(no: AnyRefusal): Promise<void> {
    if (no.__typename !== 'VersionConflict' || options.reload === undefined) {
      refusal.value = no;
      return;
    }
    await options.reload();
    const theirs = options.loaded();
    if (theirs === null || base.value === null) refusal.value = no;
    else
      conflict.value = { ...mergeThreeWay(base.value.values, toPlain(values), theirs.values), refusal: no };
  }

  async function settle(chosen: Values): Promise<boolean> {
    const theirs = options.loaded();
    if (theirs === null) return false;
    conflict.value = null;
    begin(theirs);
    Object.assign(values, chosen);
    return isDirty.value ? submit() : true;
  }

  return {
    values,
    isReady: computed(() => base.value !== null),
    isDirty,
    saving,
    restored,
    refusal,
    conflict,
    problem: (field) => {
      const code = problems.value[field];
      return code === undefined ? [] : [t(`problems.${code}`)];
    },
    submit,
    discard: () => {
      forgetDraft();
      refusal.value = null;
      const now = options.loaded() ?? base.value;
      if (now !== null) begin(now);
    },
    settle,
    keepsDraft: options.draft !== null,
  };
}

/** Without Vue's proxies: what is sent and compared is data. */
function toPlain<Values>(values: Values): Values {
  return JSON.parse(JSON.stringify(values)) as Values;
}

/** A draft of an older version would bring back what others changed meanwhile. */
function readDraft<Values>(name: string | null, version: number | null): Values | null {
  if (name === null) return null;
  const draft = readKept(`draft.${name}`) as { values?: Values; version?: number | null } | null;
  return draft?.version === version && typeof draft.values === 'object' ? draft.values : null;
}
