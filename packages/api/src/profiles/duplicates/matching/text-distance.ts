/**
 * Insertions, deletions, replacements and swaps of neighbours between two texts (optimal string alignment), counted no
 * further than `most`: what is farther is `most + 1`.
 */
export function editDistance(a: string, b: string, most: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column += 1) {
      const same = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
      let cost = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 &&
        column > 1 &&
        a.charCodeAt(row - 1) === b.charCodeAt(column - 2) &&
        a.charCodeAt(row - 2) === b.charCodeAt(column - 1);
      if (swapped) cost = Math.min(cost, at(before, column - 2) + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    before = last;
    last = current;
  }
  return Math.min(at(last, b.length), most + 1);
}

function at(row: readonly number[], place: number): number {
  return row[place] ?? Number.POSITIVE_INFINITY;
}

const PREFIX = 4;
const PREFIX_WEIGHT = 0.1;

/** Jaro–Winkler similarity, 0–1 (Winkler 1990): made for short names, kind to a common beginning. */
export function similarity(a: string, b: string): number {
  if (a === b) return 1;
  if (a === '' || b === '') return 0;
  const jaro = jaroOf(a, b);
  let prefix = 0;
  while (prefix < PREFIX && prefix < a.length && prefix < b.length && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}

function jaroOf(a: string, b: string): number {
  const reach = Math.max(Math.floor(Math.max(a.length, b.length) / 2) - 1, 0);
  const taken = new Set<number>();
  const inA: string[] = [];
  for (let place = 0; place < a.length; place += 1) {
    for (let other = Math.max(0, place - reach); other < Math.min(b.length, place + reach + 1); other += 1) {
      if (taken.has(other) || a[place] !== b[other]) continue;
      taken.add(other);
      inA.push(a.charAt(place));
      break;
    }
  }
  const common = inA.length;
  if (common === 0) return 0;
  const inB = [...taken].toSorted((left, right) => left - right).map((place) => b.charAt(place));
  const swaps = inA.filter((letter, place) => letter !== inB[place]).length / 2;
  return (common / a.length + common / b.length + (common - swaps) / common) / 3;
}
