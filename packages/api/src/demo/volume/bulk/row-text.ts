/** A value as COPY reads it back; null as it is told there. */
export function copyText(value: string | null): string {
  if (value === null) return NULL;
  return SPECIAL.test(value)
    ? value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    : value;
}

export const NULL = '\\N';
const SPECIAL = /[\\\t\n\r]/;

/** Of texts without anything special in them. */
export function copyTextArray(values: readonly string[]): string {
  return values.length === 0 ? '{}' : copyText(`{${values.map((value) => `"${value}"`).join(',')}}`);
}

let instant = Number.NaN;
let instantText = '';

/** Neighbours often share their moment. @param at milliseconds since 1970 */
export function copyTime(at: number): string {
  if (at !== instant) {
    instant = at;
    instantText = new Date(at).toISOString();
  }
  return instantText;
}
