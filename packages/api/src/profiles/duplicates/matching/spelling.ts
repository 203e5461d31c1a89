/** Spellings of one name: case, ё and е, accents, Cyrillic and Latin letters, and how it sounds. */

const LATIN: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  і: 'i',
  ї: 'i',
  є: 'e',
  ґ: 'g',
  ә: 'a',
  ғ: 'g',
  қ: 'k',
  ң: 'n',
  ө: 'o',
  ұ: 'u',
  ү: 'u',
  һ: 'h',
};

const MOST_REMEMBERED = 50_000;

/** The same names come again and again in a base: what was worked out for one is kept for a while. */
export function remembered<Result>(work: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const result = work(text);
    known.set(text, result);
    return result;
  };
}

/** Small letters without accents; ё is е; what is neither letter nor digit is a space. */
export const plain = remembered((text) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll('й', '\u0001')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('\u0001', 'й')
    .replaceAll(/['’`ʼ]/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim(),
);

/** Of plain text: in Latin letters, as most people would write it. */
export function latin(text: string): string {
  return text.replaceAll(/\p{L}/gu, (letter) => LATIN[letter] ?? letter);
}

/** What differs only between ways to write Russian in Latin letters (`Yuliia`, `Julia`) is the same after it. */
const FOLDS: readonly (readonly [RegExp, string])[] = [
  [/s(?:h)?ch/g, 'sh'],
  [/kh/g, 'h'],
  [/tz|ts/g, 'c'],
  [/zh/g, 'z'],
  [/ph/g, 'f'],
  [/ck|q/g, 'k'],
  [/x/g, 'ks'],
  [/w/g, 'v'],
  [/[yij]+([aeou])/g, '$1'],
  [/[yj]/g, 'i'],
  [/([a-z])\1+/g, '$1'],
  [/([^aeiou])i\b/g, '$1i'],
];

/** Of plain text: equal for transliterations of one name. */
export const folded = remembered((text) =>
  FOLDS.reduce((folding, [what, by]) => folding.replaceAll(what, by), latin(text)),
);

const VOICELESS: Readonly<Record<string, string>> = { b: 'p', d: 't', g: 'k', v: 'f', z: 's' };

/** How a name sounds, roughly: its first letter and the consonants after it, voiced ones as voiceless; `''` for none. */
export const soundOf = remembered((text) => {
  const letters = folded(plain(text)).replaceAll(/[^a-z]/g, '');
  if (letters === '') return plain(text).replaceAll(' ', '').slice(0, 6);
  const head = /[aeiou]/.test(letters.charAt(0)) ? 'a' : '';
  const tail = letters
    .replaceAll(/[aeiou]/g, '')
    .replaceAll(/[bdgvz]/g, (letter) => VOICELESS[letter] ?? letter);
  return (head + tail.replaceAll(/([a-z])\1+/g, '$1')).slice(0, 6);
});
