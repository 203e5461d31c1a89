import { localPart, wordsOf } from './compare-values.ts';
import { firstOf, type MatchRecord } from './match-record.ts';
import { soundOf } from './spelling.ts';

/**
 * What a record is looked up by: two records that share a key are compared. Each key holds enough that few strangers
 * share it, and every usual mistake leaves at least one key as it was. In the database keys stand as keyed hashes only.
 */
export function blockKeys(record: MatchRecord): string[] {
  return [
    ...new Set([
      ...(record.fields.PHONE ?? []).flatMap((phone) => partsOf('phone', phone)),
      ...(record.fields.NUMBER ?? []).flatMap((number) => partsOf('number', number)),
      ...(record.fields.EMAIL ?? []).flatMap(emailKeys),
      ...nameKeys(record),
      ...addressKeys(record),
      ...titleKeys(record),
    ]),
  ];
}

const SHORTEST_NUMBER = 6;

/** Of three parts any two: a wrong, missing or swapped digit spoils one of them. */
function partsOf(name: string, digits: string): string[] {
  if (digits.length < SHORTEST_NUMBER) return [];
  const end = digits.length;
  const [first, second] = [Math.floor((end - 1) / 3), Math.floor((2 * (end - 1)) / 3)];
  const [a, b, c] = [digits.slice(0, first), digits.slice(first, second), digits.slice(second)];
  return [`${name}:12:${a}${b}`, `${name}:13:${a}${c}`, `${name}:23:${b}${c}`];
}

const LONG_LOCAL = 8;
const END = 6;

function emailKeys(email: string): string[] {
  const local = localPart(email);
  const ends =
    local.length < LONG_LOCAL ? [] : [`email:<:${local.slice(0, END)}`, `email:>:${local.slice(-END)}`];
  return local.length < 4 ? [] : [`email:${local}`, ...ends];
}

/** Names by their sound and without saying which is which, with one more thing that agrees. */
function nameKeys(record: MatchRecord): string[] {
  const given = soundOf(firstOf(record, 'GIVEN_NAME') ?? '');
  const family = soundOf(firstOf(record, 'FAMILY_NAME') ?? '');
  const names = [given, family].filter(Boolean);
  const both = names.length === 2 ? names.toSorted().join('+') : null;
  const date = firstOf(record, 'BIRTH_DATE');
  const patronymic = soundOf(firstOf(record, 'PATRONYMIC') ?? '');
  const keys = names.flatMap((name) =>
    date === undefined ? [] : [`name:${name}:${date}`, `name:${name}:${date.slice(0, 4)}:${placeOf(record)}`],
  );
  if (date !== undefined && firstOf(record, 'POSTCODE') !== undefined) {
    keys.push(`born:${date}:${firstOf(record, 'POSTCODE')}`);
  }
  if (both === null) return keys;
  keys.push(`names:${both}`);
  if (patronymic) keys.push(`names:${both}:${patronymic}`);
  if (date !== undefined) keys.push(`names:${both}:${date.slice(0, 4)}`, `names:${both}:${date.slice(4)}`);
  const place = placeOf(record);
  if (place) keys.push(`names:${both}:${place}`);
  return keys;
}

function placeOf(record: MatchRecord): string {
  return soundOf(wordsOf(firstOf(record, 'CITY') ?? '')[0] ?? '');
}

/** A house in a street, and a name there. */
function addressKeys(record: MatchRecord): string[] {
  const street = soundOf(wordsOf(firstOf(record, 'STREET') ?? '').find((word) => /[a-z]/.test(word)) ?? '');
  const house = firstOf(record, 'HOUSE');
  const postcode = firstOf(record, 'POSTCODE');
  const names = [...(record.fields.GIVEN_NAME ?? []), ...(record.fields.FAMILY_NAME ?? [])];
  const withName = names.map((name) => soundOf(name)).filter(Boolean);
  if (!street) return [];
  return [
    ...(house === undefined ? [] : [`house:${street}:${house}:${postcode ?? placeOf(record)}`]),
    ...withName.map((name) => `street:${street}:${name}`),
    ...(postcode !== undefined && house !== undefined ? [`postcode:${postcode}:${house}`] : []),
  ];
}

/** Words of a title in one place or street. */
function titleKeys(record: MatchRecord): string[] {
  const [title] = record.fields.TITLE ?? [];
  if (title === undefined) return [];
  const words = wordsOf(title);
  const street = soundOf(wordsOf(firstOf(record, 'STREET') ?? '').find((word) => /[a-z]/.test(word)) ?? '');
  const places = [street, firstOf(record, 'HOUSE'), firstOf(record, 'POSTCODE'), placeOf(record)].filter(
    Boolean,
  );
  const sounds = words.map((word) => (/\d/.test(word) ? word : soundOf(word))).filter(Boolean);
  return [
    `title:${sounds.slice(0, 2).join('+')}`,
    ...sounds.flatMap((sound) => places.map((place) => `title:${sound}:${place}`)),
  ];
}
