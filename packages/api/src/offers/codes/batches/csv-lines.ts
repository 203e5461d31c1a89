import { stringify } from 'csv-stringify/sync';

const PORTION = 1_000;

/**
 * A table as spreadsheets of this country open it: `;` and a byte order mark. A cell they would read as a formula
 * begins with an apostrophe.
 */
export async function* csvLines(
  header: readonly string[],
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
): AsyncGenerator<string> {
  yield `\uFEFF${text([header])}`;
  let portion: (readonly string[])[] = [];
  for await (const row of rows) {
    portion.push(row);
    if (portion.length < PORTION) continue;
    yield text(portion);
    portion = [];
  }
  if (portion.length > 0) yield text(portion);
}

function text(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { delimiter: ';', escape_formulas: true },
  );
}
