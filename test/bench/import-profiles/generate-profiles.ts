import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gunzipSync } from 'node:zlib';

const data = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data');

/** Whether the names and cities the people are made of are there. */
export const namesMissing = !existsSync(join(data, 'ru-names'));

/** The same people every time: a Russian customer base as shops keep it, one person a row. */
export async function generateProfiles(path: string, profiles: number): Promise<void> {
  await pipeline(Readable.from(chunked(rowsOf(profiles))), createWriteStream(path));
}

export const HEADER =
  'Код клиента;Фамилия;Имя;Отчество;Телефон;E-mail;Дата рождения;Пол;Город;Согласие на рекламу;Номер карты';

function* rowsOf(profiles: number): Generator<string> {
  const random = generator();
  const names = readNames();
  const cities = readCities();
  yield `${HEADER}\n`;
  for (let number = 1; number <= profiles; number += 1) {
    const female = random(100) < 58;
    const { given, middle, family } = female ? names.women : names.men;
    const phone = 9_000_000_000 + ((number * 7_919_317) % 1_000_000_000);
    const year = 1945 + random(62);
    const month = 1 + random(12);
    const day = 1 + random(28);
    const hasEmail = random(100) < 70;
    const hasCard = random(100) < 40;
    yield (
      [
        `C${number}`,
        pick(family, random),
        pick(given, random),
        random(100) < 60 ? pick(middle, random) : '',
        spelled(String(phone), random(4)),
        hasEmail ? `client${number}@${MAIL[random(MAIL.length)] ?? ''}` : '',
        random(100) < 75 ? `${two(day)}.${two(month)}.${year}` : '',
        female ? 'ж' : 'м',
        cities[random(cities.length)] ?? '',
        random(100) < 65 ? 'да' : 'нет',
        hasCard ? `77${String(number).padStart(9, '0')}` : '',
      ].join(';') + '\n'
    );
  }
}

const MAIL = ['mail.ru', 'yandex.ru', 'gmail.com', 'bk.ru', 'inbox.ru'];

function spelled(ten: string, way: number): string {
  if (way === 0) return `+7${ten}`;
  if (way === 1) return `8${ten}`;
  const [a, b, c, d] = [ten.slice(0, 3), ten.slice(3, 6), ten.slice(6, 8), ten.slice(8)];
  return way === 2 ? `+7 (${a}) ${b}-${c}-${d}` : `8 ${a} ${b} ${c} ${d}`;
}

interface Names {
  readonly given: readonly string[];
  readonly middle: readonly string[];
  readonly family: readonly string[];
}

function readNames(): { women: Names; men: Names } {
  const given = table('firstnames.popular.gender.tsv');
  const middle = table('midnames.gender.tsv.gz');
  const family = table('surnames.gender.tsv.gz');
  const all = (gender: string): Names => ({
    given: namesOf(gender, given),
    middle: namesOf(gender, middle),
    family: namesOf(gender, family),
  });
  return { women: all('жр'), men: all('мр') };
}

function namesOf(gender: string, rows: readonly [string, string][]): string[] {
  return rows.filter(([, told]) => told.includes(gender)).map(([lemma]) => titled(lemma));
}

function table(name: string): [string, string][] {
  const bytes = readFileSync(join(data, 'ru-names', name));
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .slice(1)
    .map((line): [string, string] => {
      const [lemma = '', gender = ''] = line.trim().split('\t');
      return [lemma, gender];
    })
    .filter(([lemma]) => lemma !== '');
}

function titled(name: string): string {
  return name
    .toLowerCase()
    .split('-')
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('-');
}

function readCities(): string[] {
  const text = gunzipSync(readFileSync(join(data, 'ru-cities', 'city.csv.gz'))).toString('utf8');
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => line.replaceAll(/"[^"]*"/g, '').split(',')[9] ?? [])
    .filter((city) => city !== '' && !city.includes(';'));
}

function pick(list: readonly string[], random: (limit: number) => number): string {
  return list[random(list.length)] ?? '';
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function* chunked(texts: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length > 65_536) {
      yield chunk;
      chunk = '';
    }
  }
  yield chunk;
}

/** A small generator of equal numbers on every machine (mulberry32). @returns a whole number below the limit */
function generator(): (limit: number) => number {
  let state = 20_261_122;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
