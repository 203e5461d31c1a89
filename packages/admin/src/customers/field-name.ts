/** A value of a profile as a person calls it; a name of a partner's as it is. */
export function fieldName(field: string, t: (key: string) => string, te: (key: string) => boolean): string {
  const key = `customers.fields.${field}`;
  if (te(key)) return t(key);
  return field.startsWith('attributes.') ? field.slice('attributes.'.length) : field;
}
