export interface PaletteEntry {
  key: string;
  title: string;
  /** What stands behind the title: the area of a page, the phone of a shopper. */
  note: string;
  to: string;
}

const RUSSIAN = 'йцукенгшщзхъфывапролджэячсмитьбю';
const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const OTHER_LAYOUT = new Map(
  [...RUSSIAN].flatMap((letter, at) => [
    [letter, LATIN[at] ?? letter],
    [LATIN[at] ?? letter, letter],
  ]),
);

/** What a person meant who forgot to switch the keyboard: "gjr" → "пок". */
export function otherLayout(text: string): string {
  return [...text].map((letter) => OTHER_LAYOUT.get(letter) ?? letter).join('');
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е').trim();
}

/** Entries whose words start with what is typed, best first; all for nothing typed. */
export function matching(entries: readonly PaletteEntry[], typed: string): PaletteEntry[] {
  const wanted = plain(typed);
  if (wanted === '') return [...entries];
  return entries
    .map((entry) => ({
      entry,
      score: Math.max(score(entry, wanted), score(entry, plain(otherLayout(wanted)))),
    }))
    .filter(({ score: reached }) => reached > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}

function score({ title, note }: PaletteEntry, wanted: string): number {
  const [name, beside] = [plain(title), plain(note)];
  if (name.startsWith(wanted)) return 3;
  if (name.split(/[\s,·-]+/).some((word) => word.startsWith(wanted))) return 2;
  return name.includes(wanted) || beside.startsWith(wanted) ? 1 : 0;
}
