import type { Preview, PreviewField } from './operations.ts';

type Person = Preview['survivor'];

/** How a value is to be written: as it is, as a day, or by the key of its words. */
export type Shown = { text: string } | { day: string } | { key: string } | null;

/** A value of one of the two; null where nothing is known. */
export function shownValue({ field }: PreviewField, value: unknown, person: Person): Shown {
  if (value === null || value === undefined || value === '') return null;
  if (field === 'preferredStoreId') return { text: person.preferredStore?.name ?? String(value) };
  if (field === 'gender') return { key: `duplicates.genders.${String(value)}` };
  if (field === 'preferredChannel') return { key: `duplicates.channels.${String(value)}` };
  if (typeof value === 'boolean') return { key: value ? 'duplicates.yes' : 'duplicates.no' };
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return { day: value };
  if (Array.isArray(value)) return { text: value.map(String).join(', ') };
  return { text: typeof value === 'object' ? JSON.stringify(value) : String(value) };
}

/** What a field is called: by its key, or an attribute's own name. */
export function fieldName(
  field: string,
  preview: Preview,
  language: string,
): { key: string } | { text: string } {
  if (!field.startsWith('attributes.')) return { key: `duplicates.fields.${field}` };
  const code = field.slice('attributes.'.length);
  const known = [...preview.survivor.attributes, ...preview.other.attributes].find(
    (one) => one.code === code,
  );
  return { text: (language === 'ru' ? known?.nameRu : known?.nameEn) ?? code };
}
