import type { Attribute } from './operations.ts';

interface Writing {
  language: string;
  words: { yes: string; no: string };
  day: (day: string) => string;
  number: (value: number) => string;
}

/** Attributes that have a value, by name and as people read it. */
export function shownAttributes(
  attributes: readonly Attribute[],
  writing: Writing,
): { field: string; name: string; value: string }[] {
  return attributes
    .filter(({ value }) => value !== null && value !== undefined)
    .map((attribute) => ({
      field: `attributes.${attribute.code}`,
      name: nameOf(attribute, writing.language),
      value: written(attribute, writing),
    }));
}

export function nameOf({ code, nameRu, nameEn }: Attribute, language: string): string {
  return (language === 'en' ? nameEn : nameRu) ?? code;
}

function written(attribute: Attribute, { language, words, day, number }: Writing): string {
  const { type, value, choices } = attribute;
  const choice = (code: unknown): string => {
    const known = choices.find((one) => one.code === code);
    if (known === undefined) return String(code);
    return language === 'en' ? known.nameEn : known.nameRu;
  };
  if (type === 'BOOLEAN') return value === true ? words.yes : words.no;
  if (type === 'NUMBER') return number(Number(value));
  if (type === 'DATE') return day(String(value));
  if (type === 'CHOICE') return choice(value);
  if (type === 'MULTI_CHOICE' && Array.isArray(value)) return value.map(choice).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
