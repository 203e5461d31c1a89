import { computed, watch } from 'vue';
import { kept } from '../app/kept.ts';
import { useQuery } from '../app/use-query.ts';
import { useUrlState } from '../ui/use-url-state.ts';
import { guessedColumns, restOf, withPreset, type Choices } from './mapping.ts';
import { importChoices, inspectUpload, type Inspection, type Preset } from './operations.ts';

const NOTHING: Choices = {
  kind: 'PROFILES',
  source: '',
  encoding: 'auto',
  delimiter: 'auto',
  columns: [],
  skipBadValues: false,
  rest: {},
};

/** The file, what it was found to be, and what a person chose for it. The URL says which file and which step. */
export function useWizard() {
  const { state } = useUrlState({ upload: '', check: '', task: '' });
  // Of the last file only; names of columns and fields, nothing of a shopper's.
  const saved = kept<{ upload: string; choices: Choices }>(
    'import.choices',
    { upload: '', choices: NOTHING },
    (value) => typeof value === 'object' && value !== null && 'choices' in value,
  );
  const choices = computed({
    get: () => saved.value.choices,
    set: (changed) => (saved.value = { upload: state.upload, choices: changed }),
  });
  const isKnown = computed(() => saved.value.upload === state.upload && choices.value.columns.length > 0);

  const inspected = useQuery(inspectUpload, () => {
    if (state.upload === '') return null;
    const { kind, encoding, delimiter } = choices.value;
    return { uploadId: state.upload, kind: isKnown.value ? kind : null, encoding, delimiter };
  });
  const inspection = computed((): Inspection | null => {
    const found = inspected.data.value?.inspectUpload;
    return found?.__typename === 'UploadInspection' ? found : null;
  });
  const refusal = computed(() => {
    const found = inspected.data.value?.inspectUpload;
    return found === undefined || found.__typename === 'UploadInspection' ? null : found;
  });
  const offered = useQuery(importChoices, () =>
    inspection.value === null ? null : { kind: choices.value.kind },
  );

  // Another file, another kind or other columns (a delimiter was changed): the guess counts anew.
  watch(inspection, (now, before) => {
    if (now === null) return;
    const names = now.columns.map(({ column }) => column).join('\n');
    const known = choices.value.columns.map(({ column }) => column).join('\n');
    const sameKind = before === null || before === undefined || before.kind === now.kind;
    if (isKnown.value && names === known && sameKind) return;
    const { source, encoding, delimiter, skipBadValues } = isKnown.value ? choices.value : NOTHING;
    choices.value = {
      kind: now.kind,
      source: source === '' ? sourceOf(now.fileName) : source,
      encoding,
      delimiter,
      columns: guessedColumns(now.columns),
      skipBadValues,
      rest: {},
    };
  });

  function begin(upload: string): void {
    saved.value = { upload, choices: NOTHING };
    Object.assign(state, { upload, check: '', task: '' });
  }
  function take(preset: Preset): void {
    const { columns } = choices.value;
    choices.value = {
      ...choices.value,
      columns: withPreset(columns, preset.mapping),
      rest: restOf(preset.mapping),
    };
  }
  return { state, choices, inspected, inspection, refusal, offered, begin, take };
}

/** A file's name says whose it is, until somebody says better. */
function sourceOf(fileName: string): string {
  return fileName
    .replace(/(\.\w+)+$/, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
}
