import type { FieldKind, Level } from './match-record.ts';
import { mayBeShortFor } from './short-names.ts';
import { folded, plain, remembered, soundOf } from './spelling.ts';
import { editDistance, similarity } from './text-distance.ts';

/** How alike two known values of one kind are. */
export function compareValues(kind: FieldKind, a: string, b: string): Level {
  return COMPARE[kind](a, b);
}

type Compare = (a: string, b: string) => Level;

const COMPARE: Readonly<Record<FieldKind, Compare>> = {
  GIVEN_NAME: (a, b) => (mayBeShortFor(a, b) && plain(a) !== plain(b) ? 'NEAR' : compareNames(a, b)),
  FAMILY_NAME: compareNames,
  PATRONYMIC: compareNames,
  BIRTH_DATE: compareDates,
  PHONE: compareDigits,
  EMAIL: compareEmails,
  NUMBER: compareDigits,
  STREET: comparePhrases,
  HOUSE: (a, b) =>
    plain(a) === plain(b) ? 'SAME' : digits(a) !== '' && digits(a) === digits(b) ? 'NEAR' : 'DIFFERENT',
  CITY: comparePhrases,
  POSTCODE: compareDigits,
  REGION: (a, b) =>
    plain(a) === plain(b) ? 'SAME' : editDistance(plain(a), plain(b), 1) <= 1 ? 'NEAR' : 'DIFFERENT',
  TITLE: comparePhrases,
};

const CLOSE = 0.92;
const ALIKE = 0.84;
const SHORTEST_FOR_EDITS = 4;

function compareNames(first: string, second: string): Level {
  const [a, b] = [plain(first), plain(second)];
  if (a === b) return 'SAME';
  // An initial tells little, but nothing against.
  if (a.length === 1 || b.length === 1)
    return folded(a).charAt(0) === folded(b).charAt(0) ? 'ALIKE' : 'DIFFERENT';
  const [x, y] = [folded(a).replaceAll(' ', ''), folded(b).replaceAll(' ', '')];
  const shortest = Math.min(x.length, y.length);
  if (x === y || (shortest >= SHORTEST_FOR_EDITS && editDistance(x, y, 1) === 1)) return 'NEAR';
  const close = similarity(x, y);
  if (close >= CLOSE) return 'NEAR';
  return close >= ALIKE || soundOf(a) === soundOf(b) || sharesWord(a, b) ? 'ALIKE' : 'DIFFERENT';
}

/** Double names: one part is often left out. */
function sharesWord(a: string, b: string): boolean {
  if (!a.includes(' ') && !b.includes(' ')) return false;
  const words = new Set(a.split(' '));
  return b.split(' ').some((word) => word.length > 2 && words.has(word));
}

/** `YYYYMMDD`: a wrong digit, neighbours or day and month swapped are near; one wrong part is alike. */
function compareDates(a: string, b: string): Level {
  if (a === b) return 'SAME';
  const swapped = a.slice(0, 4) + a.slice(6, 8) + a.slice(4, 6);
  if (swapped === b || editDistance(a, b, 1) === 1) return 'NEAR';
  const parts = [
    [0, 4],
    [4, 6],
    [6, 8],
  ] as const;
  const equal = parts.filter(([from, to]) => a.slice(from, to) === b.slice(from, to)).length;
  return equal === 2 || editDistance(a, b, 2) === 2 ? 'ALIKE' : 'DIFFERENT';
}

const LONG_NUMBER = 6;

function compareDigits(a: string, b: string): Level {
  if (a === b) return 'SAME';
  const far = editDistance(a, b, 2);
  if (far === 1) return 'NEAR';
  return far === 2 && Math.min(a.length, b.length) >= LONG_NUMBER ? 'ALIKE' : 'DIFFERENT';
}

function compareEmails(first: string, second: string): Level {
  const [a, b] = [first.toLowerCase(), second.toLowerCase()];
  if (a === b) return 'SAME';
  const [x, y] = [localPart(a), localPart(b)];
  if (x === y) return 'NEAR';
  // `ivan1980` and `ivan1981` are two mailboxes, not a slip of the finger.
  if (x.replaceAll(/\d/g, '') === y.replaceAll(/\d/g, '')) return 'DIFFERENT';
  if (editDistance(a, b, 2) <= 2) return 'NEAR';
  return similarity(x, y) >= CLOSE ? 'ALIKE' : 'DIFFERENT';
}

/** What stands before the @, as mail services read it: without dots and what follows a plus. */
export function localPart(email: string): string {
  return (email.toLowerCase().split('@')[0] ?? '').replace(/\+.*$/, '').replaceAll('.', '');
}

/** Words of addresses and titles that say nothing, and their short forms. */
const EMPTY_WORDS = new Set(
  `st street ave avenue av rd road dr drive pl place blvd blv boulevard ln lane ct court cres crescent cct circuit cl close
  pde parade hwy highway way w e n s west east north south the of and a at in inc llc ooo оао ооо ул улица пер переулок
  пр проспект пркт пл площадь б бульвар ш шоссе наб набережная д дом г город к корп кв`.split(/\s+/),
);

/** The words of a phrase that tell it from others, in their order; all of them where none does. */
export const wordsOf = remembered((text): readonly string[] => {
  const words = plain(text).split(' ').filter(Boolean);
  const telling = words.filter((word) => !EMPTY_WORDS.has(word));
  return (telling.length > 0 ? telling : words).map(folded);
});

const HALF = 0.5;

function comparePhrases(first: string, second: string): Level {
  const [a, b] = [plain(first), plain(second)];
  if (a === b) return 'SAME';
  const [words, others] = [wordsOf(first), wordsOf(second)];
  const [x, y] = [words.join(''), others.join('')];
  if (x === y || words.toSorted().join('') === others.toSorted().join('')) return 'SAME';
  // A number inside is no typo: «5 школа» and «6 школа» are two places.
  const numbers = digits(x) === digits(y);
  if (numbers && (editDistance(x, y, 1) === 1 || similarity(x, y) >= CLOSE)) return 'NEAR';
  const common = words.filter((word) => others.some((other) => similarity(word, other) >= CLOSE)).length;
  const share = common / Math.min(words.length, others.length);
  if (common > 0 && share === 1 && numbers) return 'NEAR';
  return share > HALF || (numbers && similarity(x, y) >= ALIKE) ? 'ALIKE' : 'DIFFERENT';
}

function digits(text: string): string {
  return text.replaceAll(/\D/g, '');
}
