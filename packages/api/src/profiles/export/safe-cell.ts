/** What a table calculation takes for a formula, in its full-width spellings too; a tab or a line end before it counts. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * A cell nobody's table calculation runs: what looks like a formula gets a leading apostrophe; quoted where it holds a
 * quote, a separator or a line end.
 */
export function safeCell(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[";,\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
